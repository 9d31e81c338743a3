// Loaded before the Agents Playground, which listens on every address of the machine: here it listens on this machine alone.
const { Server } = require('node:net');

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, rest.find((argument) => typeof argument === 'function'));
};
