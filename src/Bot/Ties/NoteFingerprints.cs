using Bot.Chat;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Ties;

/// <summary>Keeps by what the participants of tied loops are recognised, whenever a roster tells their addresses; of nobody else, and never the address.</summary>
public sealed class NoteFingerprints(BotDb db)
{
    /// <param name="channel">Whose roster it is.</param>
    /// <param name="people">Those it names, with their addresses where it gives them.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task NoteAsync(ChannelId channel, IReadOnlyList<(PersonId Person, EmailAddress? Email)> people, CancellationToken ct)
    {
        var tied = await (
            from side in db.TieSides
            join loop in db.Loops on side.LoopId equals loop.Id
            join tie in db.Ties on side.TieId equals tie.Id
            where loop.ChannelId == channel && loop.EndedAt == null
            select new { side.LoopId, tie }).ToListAsync(ct);
        foreach (var side in tied)
        {
            await NoteAsync(side.LoopId, side.tie, people, ct);
        }
    }

    /// <summary>Somebody new takes part: the roster is read again, which tells their address.</summary>
    public async Task ReadAgainAsync(LoopInHand loop, CancellationToken ct)
    {
        if (await db.TieSides.AnyAsync(s => s.LoopId == loop.Loop.Id, ct))
        {
            loop.Channel.MembersReadAt = null;
        }
    }

    private async Task NoteAsync(LoopId loop, Tie tie, IReadOnlyList<(PersonId Person, EmailAddress? Email)> people, CancellationToken ct)
    {
        var takePart = await db.Participants.Where(p => p.LoopId == loop && p.LeftAt == null).Select(p => p.PersonId).ToHashSetAsync(ct);
        var known = (await db.Fingerprints.Where(f => f.TieId == tie.Id && f.LoopId == loop).ToListAsync(ct)).ToDictionary(f => f.PersonId);
        db.Fingerprints.RemoveRange(known.Values.Where(f => f.Hash is not null && !takePart.Contains(f.PersonId)));
        foreach (var (person, email) in people.Where(p => takePart.Contains(p.Person)))
        {
            if (email?.Fingerprint(tie.Key) is not { } hash)
            {
                continue;
            }

            if (!known.TryGetValue(person, out var fingerprint))
            {
                db.Fingerprints.Add(new Fingerprint { TieId = tie.Id, PersonId = person, LoopId = loop, Hash = hash });
            }
            else if (fingerprint.Hash is not null)
            {
                fingerprint.Hash = hash;
            }
        }
    }
}
