import { type CommandLayer, openCommandLayer } from '../board/command-layer.fixture.ts';
import type { Fault } from './fault.ts';

/** What a module did, by the command or step that showed it. */
export type Results = Readonly<Record<string, unknown>>;

/** Steps that are done on a healthy and on a faulty module. */
export type Steps = (layer: CommandLayer) => Results;

/** A fault, the steps that show it, and every result that differs from a healthy module. */
export type Expectation = readonly [id: string, steps: Steps, otherwise: Results];

export const mode = 'AT+QDMPCFG=0,0';
export const server = 'AT+QDMPCFG=1,117.161.2.7,5683,420';
export const credentials = 'AT+QDMPCFG=2,"M200000001","95GoSecret",1,861234567890123';
export const appInfo = 'AT+QDMPCFGEX=0,0,"Douyin|FW1|990650|9123;QQ|FW03|11650|92551"';
export const mac = 'AT+QDMPCFGEX=1,0,"00-01-6c-06-A6-29"';
export const hardware = 'AT+QDMPCFGEX=2,0,"4096KB","4095KB","MT2625","FREE RTOS"';
export const software = 'AT+QDMPCFGEX=3,0,"BC26NBR01A07","Quectel"';
export const subscriber = 'AT+QDMPCFGEX=4,0,"off","NB-IoT","XY05553867549","18009699999"';
export const location = 'AT+QDMPCFGEX=5,0,"31.8438799075,117.2025477950,OTDOA"';

/** Saves every record, each value different from its default. */
export const allSaves = [mode, server, credentials, appInfo, mac, hardware, software, subscriber, location];
export const accessQueries = [0, 1, 2].map((option) => `AT+QDMPCFG=4,${option}`);
export const extendedQueries = [0, 1, 2, 3, 4, 5].map((type) => `AT+QDMPCFGEX=${type},1`);
export const queries = [...accessQueries, ...extendedQueries];

/** The answers of all queries once everything is saved. */
const allSaved: Results = {
  'AT+QDMPCFG=4,0': ['+QDMPCFG: 0,0', 'OK'],
  'AT+QDMPCFG=4,1': ['+QDMPCFG: 1,117.161.2.7,5683,420', 'OK'],
  'AT+QDMPCFG=4,2': ['+QDMPCFG: 2,M200000001,95Go****,1,861234567890123', 'OK'],
  'AT+QDMPCFGEX=0,1': ['+QDMPCFGEX: 0,Douyin|FW1|990650|9123;QQ|FW03|11650|92551', 'OK'],
  'AT+QDMPCFGEX=1,1': ['+QDMPCFGEX: 1,00-01-6c-06-A6-29', 'OK'],
  'AT+QDMPCFGEX=2,1': ['+QDMPCFGEX: 2,4096KB,4095KB,MT2625,FREE RTOS', 'OK'],
  'AT+QDMPCFGEX=3,1': ['+QDMPCFGEX: 3,BC26NBR01A07,Quectel', 'OK'],
  'AT+QDMPCFGEX=4,1': ['+QDMPCFGEX: 4,off,NB-IoT,XY05553867549,18009699999', 'OK'],
  'AT+QDMPCFGEX=5,1': ['+QDMPCFGEX: 5,31.8438799075,117.2025477950,OTDOA', 'OK'],
};

/** The answers of all queries while nothing is saved. */
const nothingSaved: Results = {
  'AT+QDMPCFG=4,0': ['+QDMPCFG: 0,1', 'OK'],
  'AT+QDMPCFG=4,1': ['+QDMPCFG: 1,117.161.2.41,5683,86400', 'OK'],
  'AT+QDMPCFG=4,2': ['+QDMPCFG: 2,M100000089,95Go****,0,863703030822519', 'OK'],
  'AT+QDMPCFGEX=0,1': ['+QDMPCFGEX: 0,NULL', 'OK'],
  'AT+QDMPCFGEX=1,1': ['+QDMPCFGEX: 1,NULL', 'OK'],
  'AT+QDMPCFGEX=2,1': ['+QDMPCFGEX: 2,NULL,NULL,NULL,NULL', 'OK'],
  'AT+QDMPCFGEX=3,1': ['+QDMPCFGEX: 3,NULL,NULL', 'OK'],
  'AT+QDMPCFGEX=4,1': ['+QDMPCFGEX: 4,NULL,NULL,NULL,NULL', 'OK'],
  'AT+QDMPCFGEX=5,1': ['+QDMPCFGEX: 5,NULL', 'OK'],
};

const answersOf =
  (answers: Results) =>
  (...asked: readonly string[]): Results =>
    Object.fromEntries(asked.map((query) => [query, answers[query]]));

/** The answers of these queries once everything is saved. */
export const savedAnswers = answersOf(allSaved);
/** The answers of these queries while nothing is saved. */
export const unsavedAnswers = answersOf(nothingSaved);

/** Sends commands: the answers, by command; a repeated command is numbered. */
export const answersTo =
  (...commands: readonly string[]): Steps =>
  (layer) => {
    const seen: Record<string, unknown> = {};
    for (const command of commands) {
      const times = Object.keys(seen).filter((label) => label.replace(/ \(\d+\)$/, '') === command).length;
      seen[times === 0 ? command : `${command} (${times + 1})`] = layer.send(command);
    }
    return seen;
  };

/** Saves everything, reboots, and reads everything. */
export const readsAfterReboot: Steps = (layer) => {
  for (const command of allSaves) layer.send(command);
  layer.reboot();
  return answersTo('AT+QDMPCFG?', ...queries, 'AT+QDMPCFG=6')(layer);
};

/** Saves everything, sends these commands, reads all records. */
export const afterSavingAll = (...commands: readonly string[]): Steps =>
  answersTo(...allSaves, ...commands, ...queries);

/** Sends `first` before each of these saves, and `read` after it. */
export const readAfterEachSave =
  (first: string, read: string, saves: readonly string[]): Steps =>
  (layer) =>
    Object.fromEntries(
      saves.map((save) => {
        layer.send(first);
        return [save, [...layer.send(save), ...layer.send(read)]];
      }),
    );

/** Labels results as `readAfterEach` does after the act of this name. */
export const labelAfter = (name: string, answers: Results): Results =>
  Object.fromEntries(Object.entries(answers).map(([query, answer]) => [`${query} after ${name}`, answer]));

/** Saves everything before each of these acts, and reads all records after it. */
export const readAfterEach =
  (acts: Readonly<Record<string, (layer: CommandLayer) => void>>): Steps =>
  (layer) =>
    Object.assign(
      {},
      ...Object.entries(acts).map(([name, act]) => {
        for (const command of allSaves) layer.send(command);
        act(layer);
        return labelAfter(name, answersTo(...queries)(layer));
      }),
    ) as Results;

/** Sends commands: the bytes of the answers, by command. */
export const answerBytes =
  (...commands: readonly string[]): Steps =>
  (layer) =>
    Object.fromEntries(commands.map((command) => [command, layer.bytes(command)]));

/** Sends commands: what the module does after each answer, by command. */
export const actionsAfter =
  (...commands: readonly string[]): Steps =>
  (layer) =>
    Object.fromEntries(
      commands.map((command) => {
        layer.send(command);
        return [command, layer.last?.then];
      }),
    );

const differences = (faulty: Results, healthy: Results): Results =>
  Object.fromEntries(
    Object.entries(faulty).filter(
      ([label, value]) => JSON.stringify(value) !== JSON.stringify(healthy[label]),
    ),
  );

/**
 * Tests that faults change exactly the results that their expectations name. A fault that changed more could be caught
 * by the suites for the wrong reason. That the suites catch it is for `prove` to show, so a fault needs no expectation.
 */
export function testFaults(faults: readonly Fault[], expectations: readonly Expectation[]): void {
  describe.each(expectations)('%s', (id, steps, otherwise) => {
    const layers = faults.filter((fault) => fault.id === id);

    test('is one fault', () => {
      expect(layers).toHaveLength(1);
    });

    test('changes what it describes, and nothing else', () => {
      expect(otherwise).not.toEqual({});
      expect(differences(steps(openCommandLayer(layers)), steps(openCommandLayer()))).toEqual(otherwise);
    });
  });
}
