// The smallest Bolt app that answers a command: it says what was typed.
// usage: node bolt-echo.mjs PORT API_URL
import bolt from '@slack/bolt';
import { secret, token } from './slack.mjs';

const [port, slackApiUrl] = process.argv.slice(2);
const app = new bolt.App({ signingSecret: secret, token, clientOptions: { slackApiUrl } });
app.command('/pilot', async ({ command, ack }) => ack(`echo ${command.text}`));
await app.start({ port: Number(port), host: '127.0.0.1' });
