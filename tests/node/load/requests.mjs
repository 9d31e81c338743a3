// Signed slash commands, one a line: timestamp, signature and body, parted by tabs. Each is a delivery of its own.
// usage: node requests.mjs repeated|mixed HOW_MANY STORE.json
import { now, oneOf, readStore, sign } from './slack.mjs';

const [mix, howMany, store] = process.argv.slice(2);
const { team, loops } = readStore(store);
const run = Date.now().toString(36);

const asks = {
  // One person, the same words in the same channel.
  repeated: () => ({ user_id: loops[0].people[0], channel_id: loops[0].channel, channel_name: 'pilot-0', text: 'status' }),
  // Anybody about any of their initiatives: four of five in its channel, the others by name in the bot's own chat.
  mixed: () => {
    const loop = oneOf(loops);
    const user_id = oneOf(loop.people);
    return Math.random() < 0.8
      ? { user_id, channel_id: loop.channel, channel_name: `pilot-${Number(loop.channel.slice(1))}`, text: 'status' }
      : { user_id, channel_id: `D${user_id.slice(1)}`, channel_name: 'directmessage', text: `status ${loop.name}` };
  },
};

let lines = '';
const timestamp = now();
for (let i = 0; i < Number(howMany); i++) {
  const body = new URLSearchParams({
    token: 'deprecated', team_id: team, team_domain: 'load', user_name: 'someone', command: '/pilot', api_app_id: 'ALOAD', is_enterprise_install: 'false',
    response_url: `https://hooks.slack.com/commands/${team}/${i}/${run}`, trigger_id: `${run}.${i}`, ...asks[mix](),
  }).toString();
  lines += `${timestamp}\t${sign(body, timestamp)}\t${body}\n`;
}
process.stdout.write(lines);
