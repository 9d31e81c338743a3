// [{ template, data }] in; what Microsoft's template language makes of each, out.
import { Template } from "adaptivecards-templating";
import { readInput } from "./read.mjs";

const cards = await readInput();
process.stdout.write(JSON.stringify(cards.map(({ template, data }) => new Template(template).expand({ $root: data }))));
