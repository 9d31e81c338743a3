// The same framework as an app that workspaces and organisations install themselves (@slack/oauth).
import bolt from '@slack/bolt';

const { App, LogLevel } = bolt;
const { SLACK_API_URL, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET } = process.env;
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const clientOptions = { slackApiUrl: SLACK_API_URL, retryConfig: { retries: 0 } };

const app = new App({
  signingSecret: SLACK_SIGNING_SECRET,
  clientId: SLACK_CLIENT_ID,
  clientSecret: SLACK_CLIENT_SECRET,
  stateSecret: 'state',
  scopes: ['commands', 'chat:write'],
  logLevel: LogLevel.ERROR,
  clientOptions,
  installerOptions: { directInstall: true, clientOptions, authorizationUrl: new URL('/oauth/v2/authorize', SLACK_API_URL).href },
});

app.shortcut('answer_checkin', async ({ ack, client, body, context }) => {
  await ack();
  say({ shortcut: context.isEnterpriseInstall, team: context.teamId ?? '', enterprise: context.enterpriseId ?? '' });
  await client.chat.postMessage({ channel: body.user.id, text: 'By the token of the installation.' });
});
app.command('/pilot', async ({ ack }) => ack('All is well.'));
app.event('app_mention', async ({ event, say: reply }) => reply(`You said ${event.text}`));
app.error(async (error) => say({ error: `${error.code ?? ''} ${error.message}` }));

const server = await app.start(0);
say({ listening: server.address().port });
