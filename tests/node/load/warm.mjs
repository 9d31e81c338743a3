// Asks everybody's questions once and looks at each answer: what is measured afterwards is a status, or an echo, of the right thing.
// The first is asked alone and not looked at: a host that has just started may say that it takes longer than usual.
// usage: node warm.mjs status|echo URL SECONDS < requests
import { readFileSync } from 'node:fs';

const [kind, url, seconds] = process.argv.slice(2);
const requests = readFileSync(0, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
const isRight = {
  echo: (answer) => answer.startsWith('{"text":"echo status') || answer.startsWith('echo status'),
  status: (answer, asked) => {
    const { response_type, text, blocks } = JSON.parse(answer);
    const named = asked.get('text').replace(/^status ?/, '') || `Initiative ${String(Number(asked.get('channel_id').slice(1))).padStart(2, '0')}`;
    return response_type === 'ephemeral' && blocks[0].text.text === named && text.includes('Next review') && text.includes('answered so far');
  },
}[kind];

const send = ([timestamp, signature, body]) => fetch(url, {
  method: 'POST', body,
  headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature },
});

await (await send(requests[0])).text();
const until = Date.now() + Number(seconds) * 1000;
let asked = 1;
const ask = async () => {
  while (asked < requests.length && Date.now() < until) {
    const request = requests[asked++];
    const body = request[2];
    const response = await send(request);
    const answer = await response.text();
    if (response.status !== 200 || !isRight(answer, new URLSearchParams(body))) {
      console.error(`${url} answered ${response.status} to ${body}: ${answer}`);
      process.exit(1);
    }
  }
};
await Promise.all(Array.from({ length: 8 }, ask));
console.error(`${kind}: ${asked} answers looked at`);
