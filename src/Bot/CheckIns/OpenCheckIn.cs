using Bot.Cards;
using Bot.Chat;
using Bot.Store;
using Bot.Ties;
using Microsoft.EntityFrameworkCore;

namespace Bot.CheckIns;

/// <summary>The button on the check-in, and <c>/pilot checkin</c>: opens my form.</summary>
public sealed class OpenCheckIn(BotDb db, CheckInForm form, AcrossTies across, CardBook cards) : IActionHandler, ICommandHandler
{
    public const string Action = "checkin.answer";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        await RoundInHand.FindAsync(db, asked.Workspace.Id, key, ct) is { } week
            ? await OpenAsync(asked, week, ct)
            : Notice.Whisper(cards, "This check-in is not known here any more.");

    async Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct)
    {
        var open = await (
            from invitation in db.Invitations
            join round in db.Rounds on invitation.RoundId equals round.Id
            join loop in db.Loops on round.LoopId equals loop.Id
            where invitation.PersonId == asked.By.Id && round.WorkspaceId == asked.Workspace.Id && !round.Sealed
                && (round.State == RoundState.Collecting || round.State == RoundState.InReview || round.State == RoundState.Closed)
            select new { round.Id, loop.ChannelId, Here = asked.In != null && loop.ChannelId == asked.In.Id }).ToListAsync(ct);
        var wanted = open.Exists(o => o.Here) ? open.FindAll(o => o.Here) : open;
        var weeks = await RoundInHand.LoadAsync(db, [.. wanted.Select(o => o.Id)], ct);
        weeks = arguments.Length == 0 ? weeks : [.. weeks.Where(w => w.Initiative.Name.Contains(arguments, StringComparison.OrdinalIgnoreCase))];
        return weeks switch
        {
            [] => Notice.Whisper(cards, await across.WhereAskedAsync(asked.Workspace.Id, asked.By.Id, arguments, ct)
                ?? "No check-in is open for you right now. It comes to you before the next review; `/pilot schedule` shows when."),
            [var only] => await OpenAsync(asked, only, ct),
            _ => new Reply.Whisper(cards.Fill(new CheckInChoiceCard(
                [.. weeks.OrderBy(w => w.Round.ReviewAt).Select(w => new CheckInChoice(w.Round.Id.ToString(), w.Initiative.Name, Say.Week(w.Round.ReviewDate)))]))),
        };
    }

    private async Task<Reply> OpenAsync(Asked asked, RoundInHand week, CancellationToken ct)
    {
        var invitation = await db.Invitations.FindAsync([week.Round.Id, asked.By.Id], ct);
        if (invitation is null)
        {
            return Notice.Whisper(cards, await across.WhereAskedAsync(asked.Workspace.Id, asked.By.Id, week.Initiative.Name, ct)
                ?? $"You are not asked in the loop of {week.Initiative.Name} this week. `/pilot people` shows who is, and who can add you.");
        }

        return week.Round.TakesAnswers
            ? new Reply.OpenForm(await form.OpenAsync(week, invitation, asked.By, ct))
            : Notice.Whisper(cards, $"The {Say.Week(week.Round.ReviewDate)} takes no more answers: the next week has opened, or this one was left out.");
    }
}

/// <summary>Several check-ins are open: which one?</summary>
public sealed record CheckInChoiceCard(IReadOnlyList<CheckInChoice> Open) : ICardData
{
    public static string Template => "checkin-choice";
}

public sealed record CheckInChoice(string Key, string Initiative, string Week);
