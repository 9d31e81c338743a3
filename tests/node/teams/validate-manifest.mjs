// A manifest in; the sentences of Microsoft's validator about it out, none if it is valid.
import { AppManifestUtils } from "@microsoft/app-manifest";
import { readInput } from "./read.mjs";

process.stdout.write(JSON.stringify(await AppManifestUtils.validateAgainstSchema(await readInput())));
