/**
 * Generated faults that no clause can see, each with the reason, by id. What a rule can say of many stands in the rule:
 * `unseenAt` of an operator.
 */
export const unseenByHand: Readonly<Record<string, string>> = Object.fromEntries(
  ['soft-reset', 'reset-pin', 'power-off', 'supply-cut'].map((kind) => [
    `gen.cut-at-3.extended.volte.over-${kind}`,
    'VoLTE states that a module must take have three characters at most: on and off',
  ]),
);
