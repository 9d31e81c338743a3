// What the scripts of Teams' load test share: the app, and how the Bot Connector signs ("Authenticate requests from the Bot Connector service to your bot").
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const appId = '7d8b7a3e-50f0-4a0c-9a51-3b1f0a6a6f11';
export const serviceUrl = (port) => `http://127.0.0.1:${port}/teams/`;

const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');

export const token = (keyFile, port) => {
  const now = Math.floor(Date.now() / 1000);
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'load' })}.${part({ iss: 'https://api.botframework.com', aud: appId, nbf: now - 60, exp: now + 3600, jti: randomUUID(), serviceurl: serviceUrl(port) })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), createPrivateKey(readFileSync(keyFile))).toString('base64url')}`;
};

export const personalChat = (person) => `a:1${person}`;
