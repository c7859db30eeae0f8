import { text } from 'node:stream/consumers';
import { DigestPicture } from '../../../domain/digest/digest-picture.ts';
import { drawDigest } from './draw-digest.ts';

/* A program of its own, started by `draw-aside.ts`: facts on standard input, a PNG on standard output. */

const picture = DigestPicture.parse(JSON.parse(await text(process.stdin)));
process.stdout.write(await drawDigest(picture));
