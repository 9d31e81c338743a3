using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Digests;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reviews;

/// <summary>What the three forms of a review share: which round, may it still change, and the agenda shown anew.</summary>
public sealed class ReviewForms(BotDb db, AddressBook book, PostReview review, PostDigest digest, CardBook cards, TimeProvider clock)
{
    public const int MaxText = 500;

    /// <summary>
    /// What a form opens with: its key (the round, and the id that what it makes will have, so that sending it twice makes one thing), and
    /// what the person typed into it earlier and did not send.
    /// </summary>
    public async Task<(string Key, FormValues? Typed)> OpenAsync<TId>(Asked asked, string form, RoundInHand week, CancellationToken ct)
        where TId : struct, IId<TId>
    {
        var draft = await book.FindDraftAsync(asked.By.Id, form, $"{week.Round.Id}:", ct);
        return (draft?.Key ?? $"{week.Round.Id}:{Id.New<TId>(clock).Value:N}", draft?.Values);
    }

    public async Task<(RoundInHand Week, TId Made)?> FindAsync<TId>(Asked asked, string key, CancellationToken ct)
        where TId : struct, IId<TId>
    {
        var parts = key.Split(':');
        return parts.Length == 2 && Id.Parse<TId>(parts[1]) is { } made
            && await RoundInHand.FindAsync(db, asked.Workspace.Id, parts[0], ct) is { } week
            ? (week, made)
            : null;
    }

    /// <summary>Null when the round takes review items; otherwise why not.</summary>
    public Reply? Refuse(RoundInHand? week) =>
        week is null ? Notice.Whisper(cards, "This review is not known here any more.")
        : week.Round.State is RoundState.InReview or RoundState.Closed && !week.Round.Sealed && !week.Round.Imported ? null
        : Notice.Whisper(cards, "This review is over and the next week has opened; put it into that one.");

    /// <summary>Everybody in the loop, to choose who does it.</summary>
    public async Task<IReadOnlyList<Choice>> PeopleAsync(RoundInHand week, CancellationToken ct) =>
        await db.Participants.Where(p => p.LoopId == week.Loop.Id && p.LeftAt == null)
            .Join(db.People, p => p.PersonId, p => p.Id, (_, person) => person)
            .OrderBy(p => p.Name).Take(Choice.Most).Select(p => new Choice(p.Id.ToString(), p.Name)).ToListAsync(ct);

    /// <summary>The agenda, or after closing the digest, with what was just added.</summary>
    public async Task<Reply> ShowAsync(RoundInHand week, CancellationToken ct)
    {
        await review.AgainAsync(week, ct);
        if (week.Round.State == RoundState.Closed)
        {
            await digest.AgainAsync(week, ct);
        }

        return new Reply.Silence();
    }

    public DateOnly Today(RoundInHand week) => WeeklySlot.DateIn(clock.GetUtcNow(), week.Zone);
}
