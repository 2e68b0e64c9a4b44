/** After the last suite file: puts the module back as it was found and the board at rest, and closes everything. */
export { closeSession as default } from './environment.mjs';
