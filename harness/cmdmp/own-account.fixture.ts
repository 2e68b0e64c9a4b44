/** A rig that knows its module's account, as the tests of guarding and restoring it use it. */
export const rig = {
  credentials: { appKey: 'M100000089', password: '95GoSecretOfTheRig' },
  emulated: false,
  mayLoseCredentials: false,
};

/** What the module has saved: the rig's own account, and one of somebody else's. */
export const rigs = '2,M100000089,95GoSecretOfTheRig,1,863703030822519';
export const strangers = '2,M200000001,77AbSomebodyElses,0,863703030822519';
