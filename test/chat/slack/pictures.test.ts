import { describe, expect, it } from 'vitest';
import { joinSlack, words } from '../../support/slack/join.ts';
import { startSlack } from '../../support/slack/slack.ts';

const where = { platform: 'slack', place: 'C1' };
const draw = async () => new Uint8Array([137, 80, 78, 71]);
const picture = { name: 'digest.png', alt: 'Seven days: 12 stored, 1 failed', draw };
const notAdded = 'add the picture digest.png in slack:C1';

describe('a message with a picture', () => {
  it('has it below, with words for those who cannot see it', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);

    const posted = await platform.post(where, words('Digest', { picture }));

    expect([...slack.files.values()]).toEqual([
      {
        ...{ id: 'F1', name: 'digest.png', alt: picture.alt, channel: 'C1', thread: posted.id },
        bytes: Buffer.from([137, 80, 78, 71]),
      },
    ]);
  });

  it('is followed by it in the conversation with whoever alone sees the message', async () => {
    const slack = await startSlack();
    const { platform } = await joinSlack(slack);

    await platform.post({ ...where, onlyFor: 'slack:T1/U1' }, words('Digest', { picture }));

    const message = slack.posted().find(({ channel }) => channel !== 'C1');
    expect(message).toMatchObject({ text: expect.stringContaining('only you can see the answer') });
    expect([...slack.files.values()]).toMatchObject([
      { name: 'digest.png', channel: message?.channel, thread: message?.ts },
    ]);
  });

  it.each([
    [
      'cannot be drawn',
      async () => Promise.reject(new Error('There are no fonts.')),
      'no such method',
      'Could not draw the picture digest.png: There are no fonts.',
    ],
    ['is not taken', draw, 'files.getUploadURLExternal', notAdded],
    ['does not arrive', draw, 'upload', notAdded],
    ['cannot be shown', draw, 'files.completeUploadExternal', notAdded],
  ])('comes without it when it %s', async (_, drawing, method, said) => {
    const slack = await startSlack();
    const bot = await joinSlack(slack);
    slack.breakNext({ method, times: 1, status: 500 });

    await bot.platform.post(where, words('Digest', { picture: { ...picture, draw: drawing } }));

    expect(slack.posted()).toMatchObject([{ channel: 'C1', text: '*Digest*' }]);
    expect(bot.logged).toContainEqual(expect.stringContaining(said));
  });
});
