// Somebody else's Slack (npm emulate) with one app, on this machine alone: it would listen on every interface.
import net from 'node:net';

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const done = args.find((arg) => typeof arg === 'function');
  const port = typeof args[0] === 'object' && args[0] !== null ? args[0].port : args[0];
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, done);
};

const { createEmulator } = await import('emulate');
const free = await new Promise((resolve) => {
  const probe = net.createServer().listen(0, () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
await createEmulator({
  service: 'slack',
  port: free,
  seed: {
    slack: {
      strict_scopes: true,
      users: [{ name: 'ana', real_name: 'Ana', email: 'ana@example.org' }],
      oauth_apps: [{
        client_id: '111.222', client_secret: 'fake-client-secret', app_id: 'A000000001', name: 'Afterpilot', redirect_uris: ['http://localhost:5080/slack/oauth'],
      }],
    },
  },
});
process.stdout.write(`${JSON.stringify({ listening: free })}\n`);
