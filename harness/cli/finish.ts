/** A command's action calls it once with the exit code of the program. */
export type Finish = (exitCode: number) => void;
