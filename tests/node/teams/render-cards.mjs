// [card] in; for each out: what Microsoft's renderer complains of, what can be read, which inputs and buttons are there, and what each button sends when pressed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";
import MarkdownIt from "markdown-it";
import { readInput } from "./read.mjs";

// As a page loads it: the package's modules do not resolve in Node.
const { window } = new JSDOM("<!DOCTYPE html><body></body>", { runScripts: "outside-only" });
Object.defineProperty(window.HTMLElement.prototype, "innerText", {
  get() { return this.textContent; },
  set(text) { this.textContent = text; },
});
window.eval(readFileSync(createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.min.js"), "utf8"));
const { AdaptiveCard, HostConfig, SerializationContext } = window.AdaptiveCards;

const markdown = new MarkdownIt();
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};
// As Teams: six buttons in a row, the rest is not shown.
const host = new HostConfig({ supportsInteractivity: true, actions: { maxActions: 6 } });

function show(json) {
  const card = new AdaptiveCard();
  card.hostConfig = host;
  const context = new SerializationContext();
  card.parse(json, context);
  const problems = [];
  for (let i = 0; i < context.eventCount; i++) {
    problems.push(context.getEventAt(i).message);
  }
  problems.push(...card.validateProperties().validationEvents.map((event) => event.message));

  const sent = [];
  card.onExecuteAction = (action) => sent.push({ type: action.getJsonTypeName(), verb: action.verb ?? null, url: action.url ?? null, data: action.data ?? null });
  const shown = card.render();
  const buttons = [...shown.querySelectorAll("button")];
  buttons.forEach((button) => button.click());

  return {
    problems,
    lines: [...shown.querySelectorAll(".ac-textBlock, .ac-richTextBlock")].map((block) => block.textContent.trim()),
    inputs: card.getAllInputs().map((input) => input.id),
    buttons: buttons.map((button) => button.textContent),
    sent,
  };
}

process.stdout.write(JSON.stringify((await readInput()).map(show)));
