// What the scripts of the load test share: the workspace they play, and how Slack signs ("Verifying requests from Slack").
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const secret = '8f742231b10e8888abcd99yyyzzz85a5';
export const token = 'xoxb-load';

export const sign = (body, timestamp) => 'v0=' + createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');

export const now = () => Math.floor(Date.now() / 1000);

/** @returns {{ team: string, loops: { channel: string, name: string, round: string, people: string[] }[] }} */
export const readStore = (file) => JSON.parse(readFileSync(file, 'utf8'));

export const oneOf = (list) => list[Math.floor(Math.random() * list.length)];
