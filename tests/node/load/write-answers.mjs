// Somebody sends their check-in about once a second, through the front door, until this process is ended; then it says how many were taken.
// usage: node write-answers.mjs URL STORE.json
import { now, oneOf, readStore, sign } from './slack.mjs';

const [url, store] = process.argv.slice(2);
const { team, loops } = readStore(store);
let taken = 0;
process.on('SIGTERM', () => {
  console.error(`${taken} answers written meanwhile`);
  process.exit(0);
});

const chosen = (field, value) => ({ [field]: { [field]: { type: 'static_select', selected_option: { value } } } });

for (let i = 0; ; i++) {
  const { round, people, channel } = oneOf(loops);
  const user = oneOf(people);
  const payload = {
    type: 'view_submission', team: { id: team, domain: 'load' }, user: { id: user, team_id: team }, trigger_id: `w.${now()}.${i}`,
    view: {
      id: `V${now()}${i}`, callback_id: 'checkin', private_metadata: JSON.stringify({ Key: round, In: channel, Kind: 1, Name: null, Thread: null, OnConversation: null, OnMessage: null, FromHome: false }),
      blocks: [{ type: 'input', block_id: 'rating' }], state: { values: { ...chosen('rating', String(1 + (i % 5))), ...chosen('struggles', 'nothing'), ...chosen('drift', 'no') } },
    },
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = now();
  const response = await fetch(url, {
    method: 'POST', body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': sign(body, timestamp) },
  });
  const answer = await response.text();
  if (response.status !== 200 || answer.includes('errors')) {
    console.error(`An answer was not taken: ${response.status} ${answer}`);
    process.exit(1);
  }
  taken++;
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
