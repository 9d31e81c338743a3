// The part of Teams' cloud that two bots speak with: the connector, which takes everything and counts it, the login, and the keys of the Bot Connector.
// usage: node teams-cloud.mjs PORT TLS_PORT CERTIFICATE KEY
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecured } from 'node:https';

const [port, tlsPort, certificate, key] = process.argv.slice(2);
const jwk = { ...createPublicKey(readFileSync(key)).export({ format: 'jwk' }), use: 'sig', kid: 'load', endorsements: ['msteams'] };
const last = new Map();
let said = 0;

const answer = (request, body) => {
  const { pathname, searchParams } = new URL(request.url, `http://127.0.0.1:${port}`);
  const [, conversation] = /\/v3\/conversations\/([^/]+)\/activities/.exec(pathname) ?? [];
  if (conversation) {
    last.set(decodeURIComponent(conversation), body);
    return { id: String(++said) };
  }
  switch (pathname) {
    case '/said': return { said };
    case '/last': return { activity: last.get(searchParams.get('in')) ?? null };
    case '/keys': return { keys: [jwk] };
    case '/openid': return { issuer: 'https://api.botframework.com', jwks_uri: `http://127.0.0.1:${port}/keys`, id_token_signing_alg_values_supported: ['RS256'] };
    default: return pathname.endsWith('/oauth2/v2.0/token') ? { token_type: 'Bearer', expires_in: 86399, ext_expires_in: 86399, access_token: 'load' } : null;
  }
};

const serve = (request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    const json = answer(request, body);
    response.writeHead(json === null ? 404 : request.method === 'POST' && !request.url.includes('oauth2') ? 201 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(json));
  });
};

createServer(serve).listen(Number(port), '127.0.0.1');
createSecured({ cert: readFileSync(certificate), key: readFileSync(key) }, serve).listen(Number(tlsPort), '127.0.0.1');
