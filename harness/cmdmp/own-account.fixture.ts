/** A rig with the credentials of its module. */
export const rig = {
  credentials: { appKey: 'M100000089', password: '95GoSecretOfTheRig' },
  emulated: false,
  mayLoseCredentials: false,
};

/** Saved credentials (`QDMPCFG 2`): the rig's own, and foreign ones. */
export const ownAccount = '2,M100000089,95GoSecretOfTheRig,1,863703030822519';
export const foreignAccount = '2,M200000001,77AbSomebodyElses,0,863703030822519';

/** What a module may hold: saved texts by record name, type first. */
export const everything = {
  'QDMPCFG 0': '0,0',
  'QDMPCFG 1': '1,192.0.2.7,5684,420',
  'QDMPCFG 2': ownAccount,
  'QDMPCFGEX 0': '0,Douyin|FW1|990650|9123;QQ|FW03|11650|92551',
  'QDMPCFGEX 4': '4,off,NB-IoT,XY05553867549,18009699999',
  'QDMPCFGEX 5': '5,31.84,117.20,OTDOA',
};
