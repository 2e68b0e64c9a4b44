/** A rig with the credentials of its module. */
export const rig = {
  credentials: { appKey: 'M100000089', password: '95GoSecretOfTheRig' },
  emulated: false,
  mayLoseCredentials: false,
};

/** Saved credentials (`QDMPCFG 2`): the rig's own, and foreign ones. */
export const ownAccount = '2,M100000089,95GoSecretOfTheRig,1,863703030822519';
export const foreignAccount = '2,M200000001,77AbSomebodyElses,0,863703030822519';
