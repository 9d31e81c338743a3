// The part of Slack's Web API that two bots ask for before they answer a command: who the token is, who a user is, what a channel is.
// usage: node web-api.mjs PORT TEAM
import { createServer } from 'node:http';

const [port, team] = process.argv.slice(2);

const answers = {
  'auth.test': () => ({ url: 'https://load.slack.com/', team: 'load', team_id: team, user: 'afterpilot', user_id: 'UBOT', bot_id: 'BBOT', is_enterprise_install: false }),
  'users.info': (asked) => {
    const id = asked.get('user');
    const name = `Person ${Number(id.slice(1))}`;
    return { user: { id, team_id: team, name, real_name: name, tz: 'Europe/Berlin', deleted: false, is_bot: false, is_admin: false, is_owner: false, profile: { display_name: name } } };
  },
  'conversations.info': (asked) => ({ channel: { id: asked.get('channel'), is_member: true } }),
};

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
  const answer = answers[pathname.split('/').at(-1)];
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer ? { ok: true, ...answer(searchParams) } : { ok: false, error: 'unknown_method' }));
  });
}).listen(Number(port), '127.0.0.1');
