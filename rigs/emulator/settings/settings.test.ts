import { applySetting, defaultSettings, settingSpecs } from './settings.ts';

const specs = Object.entries(settingSpecs);

test('every default is a value its setting takes', () => {
  const taken = specs.map(([name, spec]) => [name, spec.read(String(spec.default))]);
  expect(taken).toEqual(specs.map(([name, spec]) => [name, spec.default]));
});

test('a change makes new settings and leaves the old ones alone', () => {
  const changed = applySetting(defaultSettings, 'queryEmpty', 'error');
  expect(changed.queryEmpty).toBe('error');
  expect(defaultSettings.queryEmpty).toBe('defaults');
});

test.each([
  ['latencyMs', '290,310', [290, 310]],
  ['latencyMs', '310', [310, 310]],
  ['bootMs', '200', 200],
  ['errorValue', 'ERROR', 'ERROR'],
  ['errorValue', '765', 765],
  ['reservedType', 'OK', 'OK'],
  ['sim', 'absent', 'absent'],
])('%s takes %s', (name, value, expected) => {
  expect(applySetting(defaultSettings, name, value)).toMatchObject({ [name]: expected });
});

test.each([
  ['latencyMs', '25,5'],
  ['latencyMs', '-1'],
  ['bootMs', '1.5'],
  ['imei', '12345'],
  ['errorValue', 'OK'],
  ['queryEmpty', 'nothing'],
])('%s does not take %s, and says what it takes', (name, value) => {
  expect(() => applySetting(defaultSettings, name, value)).toThrow(
    new RegExp(`^setting ${name} takes [^\\n]+, not "${value}"$`),
  );
});

test('an unknown name is answered with the names near it', () => {
  expect(() => applySetting(defaultSettings, 'exRead', '1')).toThrow(
    /^no setting is called "exRead" .*exReadEmpty/,
  );
});
