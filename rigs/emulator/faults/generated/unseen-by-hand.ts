/**
 * Generated faults that no clause can see, each with the reason, by id. What a rule can say of many stands in the rule:
 * `unseenAt` of an operator.
 */
export const unseenByHand: Readonly<Record<string, string>> = {};
