// As junit-properties.cjs; those of a test are written as they are.
module.exports = ({ properties }) => properties;
