// Messages "status" in people's own chats with the bot, one activity a line. Each is one of its own. Everybody asks before anybody asks again, in another order each time:
// nobody asks eight times in two seconds, after which Teams takes no more in a conversation.
// usage: node teams-requests.mjs HOW_MANY|everybody STORE.json CONNECTOR_PORT
import { readStore } from './slack.mjs';
import { appId, personalChat, serviceUrl } from './teams.mjs';

const [howMany, store, port] = process.argv.slice(2);
const { loops } = readStore(store);
const run = Date.now().toString(36);
const lines = [];
const everybody = loops.flatMap(({ team, people }) => people.map((person) => ({ team, person })));
const shuffled = (list) => {
  const cards = [...list];
  for (let i = cards.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [cards[i], cards[j]] = [cards[j], cards[i]];
  }
  return cards;
};
const asks = [];
while (asks.length < (howMany === 'everybody' ? everybody.length : Number(howMany))) {
  asks.push(...shuffled(everybody));
}
for (const [i, { team, person }] of asks.entries()) {
  lines.push(JSON.stringify({
    type: 'message', id: `f:${run}${i}`, timestamp: new Date().toISOString(), localTimezone: 'Europe/Berlin', locale: 'en-GB', channelId: 'msteams', serviceUrl: serviceUrl(port),
    from: { id: `29:1${person}`, name: 'Someone', aadObjectId: person }, recipient: { id: `28:${appId}`, name: 'Afterpilot' }, text: 'status', textFormat: 'plain',
    conversation: { id: personalChat(person), conversationType: 'personal', tenantId: team }, channelData: { tenant: { id: team } },
    entities: [{ type: 'clientInfo', locale: 'en-GB', country: 'DE', platform: 'Web', timezone: 'Europe/Berlin' }],
  }));
}
process.stdout.write(lines.join('\n') + '\n');
