// Sends everybody's messages once and looks at what the bot said in each chat: what is measured afterwards is a status, or an echo, of the right thing.
// usage: node warm-teams.mjs status|echo URL SECONDS CONNECTOR_PORT STORE.json TOKEN < requests
import { readFileSync } from 'node:fs';
import { readStore } from './slack.mjs';

const [kind, url, seconds, port, store, token] = process.argv.slice(2);
const requests = readFileSync(0, 'utf8').trimEnd().split('\n');
const initiatives = new Map(readStore(store).loops.map(({ team, name }) => [team, name]));
const until = Date.now() + Number(seconds) * 1000;
const asked = new Map();
let sent = 0;

const send = async () => {
  while (sent < requests.length && Date.now() < until) {
    const body = requests[sent++];
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } });
    await response.text();
    if (response.status !== 200 && response.status !== 202) {
      console.error(`${url} answered ${response.status} to ${body}`);
      process.exit(1);
    }
    const { conversation } = JSON.parse(body);
    asked.set(conversation.id, conversation.tenantId);
  }
};

const isSaid = async ([chat, tenant]) => {
  const { activity } = await (await fetch(`http://127.0.0.1:${port}/last?in=${encodeURIComponent(chat)}`)).json();
  return activity !== null && (kind === 'echo' ? JSON.parse(activity).text === 'echo status' : activity.includes(initiatives.get(tenant)) && activity.includes('answered so far'));
};

await Promise.all(Array.from({ length: 8 }, send));
// The answer may come after the message was acknowledged.
for (const chat of asked) {
  for (let tries = 0; !(await isSaid(chat)); tries++) {
    if (tries === 100) {
      console.error(`Nothing right was said in ${chat[0]}`);
      process.exit(1);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
console.error(`${kind}: ${sent} messages, ${asked.size} chats looked at`);
