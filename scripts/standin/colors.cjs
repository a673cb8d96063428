// cli-table3 colours heads and borders through @colors/colors where it is installed; our tables colour themselves.
module.exports = {};
