// A small app on Slack's own framework: whatever works here works with the payloads and answers of the fake.
// By HTTP, or by Socket Mode where APP_TOKEN is set; each line it prints is one thing that happened to it.
import bolt from '@slack/bolt';

const { App, HTTPReceiver, LogLevel } = bolt;
const { SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN } = process.env;
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const clientOptions = { slackApiUrl: SLACK_API_URL, retryConfig: { retries: 0 } };

const receiver = SLACK_APP_TOKEN ? undefined : new HTTPReceiver({ signingSecret: SLACK_SIGNING_SECRET, logLevel: LogLevel.ERROR });
const app = new App({
  token: SLACK_BOT_TOKEN,
  logLevel: LogLevel.ERROR,
  clientOptions,
  ...(receiver ? { receiver } : { socketMode: true, appToken: SLACK_APP_TOKEN, clientPingTimeout: 300, installerOptions: { clientOptions } }),
});

const text = (words) => ({ type: 'plain_text', text: words });
const form = (note) => ({
  type: 'modal',
  callback_id: 'form',
  private_metadata: 'kept',
  notify_on_close: true,
  title: text('Check-in'),
  submit: text('Send'),
  close: text('Cancel'),
  blocks: [
    { type: 'section', block_id: 'said', text: text(note) },
    { type: 'input', block_id: 'rating', label: text('How well?'), element: { type: 'number_input', action_id: 'rating', is_decimal_allowed: false, min_value: '1', max_value: '5' } },
    { type: 'input', block_id: 'why', label: text('Why?'), optional: true, dispatch_action: true,
      element: { type: 'plain_text_input', action_id: 'why', max_length: 20, dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } } },
    { type: 'actions', block_id: 'more', elements: [{ type: 'button', action_id: 'push', text: text('More') }] },
  ],
});
const card = (words) => [
  { type: 'section', text: { type: 'mrkdwn', text: words } },
  { type: 'actions', block_id: 'buttons', elements: [
    { type: 'button', action_id: 'open', text: text('Answer'), value: 'key-1' },
    { type: 'button', action_id: 'replace', text: text('Done') },
  ] },
];

app.command('/pilot', async ({ command, ack, client, respond }) => {
  say({ command: command.text, user: command.user_id, channel: command.channel_name });
  switch (command.text) {
    case 'status':
      await ack('All is well.');
      break;
    case 'post':
      await ack({ response_type: 'in_channel', text: 'For everybody.' });
      break;
    case 'card':
      await ack();
      await client.chat.postMessage({ channel: command.channel_id, text: 'A card', blocks: card('*A card*') });
      break;
    case 'later':
      await ack();
      await respond({ text: 'Later.' });
      break;
    case 'twice': {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form('once') });
      const again = await client.views.open({ trigger_id: command.trigger_id, view: form('twice') }).catch((refused) => refused.data);
      say({ again: again.error });
      break;
    }
    case 'blocks': {
      await ack();
      const blocks = Array.from({ length: 51 }, () => ({ type: 'divider' }));
      const refused = await client.chat.postMessage({ channel: command.channel_id, text: 'x', blocks }).catch((error) => error.data);
      say({ refused: refused.error, errors: refused.errors });
      break;
    }
    default:
      await ack('?');
  }
});

app.action('open', async ({ body, action, ack, client }) => {
  await ack();
  say({ pressed: action.value, message: body.message?.ts, channel: body.channel.id });
  await client.views.open({ trigger_id: body.trigger_id, view: form('Tell us') });
});
app.action('replace', async ({ ack, respond }) => {
  await ack();
  await respond({ replace_original: true, text: 'Thank you.' });
});
app.action('push', async ({ body, ack, client }) => {
  await ack();
  await client.views.push({ trigger_id: body.trigger_id, view: { type: 'modal', callback_id: 'more', title: text('More'), blocks: [{ type: 'section', text: text('More words') }] } });
});
app.action('why', async ({ body, action, ack }) => {
  await ack();
  say({ typed: action.value, state: body.view.state.values.why.why.value });
});
app.view('form', async ({ view, ack, client, body }) => {
  const rating = view.state.values.rating.rating.value;
  if (rating === '3') {
    await ack({ response_action: 'errors', errors: { rating: 'Not three.' } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: `Saved ${rating}, ${view.private_metadata}.` });
});
app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
  await ack();
  say({ closed: body.view.callback_id, cleared: body.is_cleared });
});
app.shortcut('answer_checkin', async ({ shortcut, ack, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: form('By shortcut') });
});
app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'section', text: text(`Welcome ${event.user}`) }] } });
});
app.event('app_mention', async ({ event, body, context }) => {
  say({ mention: event.text, id: body.event_id, retry: context.retryNum ?? 0, reason: context.retryReason ?? '' });
});
app.message(async ({ message }) => {
  say({ message: message.text, bot: message.bot_id ?? '' });
});
app.error(async (error) => say({ error: `${error.code ?? ''} ${error.message}` }));

const server = await app.start(0);
say({ listening: receiver ? server.address().port : 0 });
