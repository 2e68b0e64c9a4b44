// jest-junit loads its properties files with require(), so they are CommonJS. The properties are made with
// the results (junit-results.ts) and only handed on here. A function, since jest-junit would take `$&` and
// `{title}` in a text for a pattern of its own: those of a suite are run through its templates.
module.exports = ({ properties }) =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, () => value]));
