// The smallest bot of Microsoft's SDK that answers a message: it says what was typed. Without an app id it checks no token and sends none.
// usage: node botbuilder-echo.mjs PORT
import { createServer } from 'node:http';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory } from 'botbuilder';

const [port] = process.argv.slice(2);
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}, new ConfigurationServiceClientCredentialFactory({})));
adapter.onTurnError = async (_, error) => console.error(error);

createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    if (request.method !== 'POST') {
      response.end();
      return;
    }
    // As a web framework would: the parsed body, and an answer in its way.
    request.body = JSON.parse(body);
    response.status = (status) => (response.statusCode = status, response);
    response.send = (said) => response.end(said === undefined ? undefined : JSON.stringify(said));
    response.header = (name, value) => response.setHeader(name, value);
    void adapter.process(request, response, (turn) => turn.sendActivity(`echo ${turn.activity.text}`));
  });
}).listen(Number(port), '127.0.0.1');
