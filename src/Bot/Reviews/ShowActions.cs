using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reviews;

/// <summary><c>/pilot actions</c>: what is open, overdue first; <c>mine</c> for my own over all loops.</summary>
public sealed class ShowActions(BotDb db, FindLoop find, CardBook cards, TimeProvider clock) : ICommandHandler, IActionHandler
{
    public const string Action = "actions.show";
    private const int Most = 20;

    /// <summary>The button on a card: the key is the loop, or "mine".</summary>
    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        key == "mine" ? await MineAsync(asked, ct)
        : await find.ByKeyAsync(asked, key, ct) is { } loop ? await OfLoopAsync(asked, loop, ct)
        : find.Unknown();

    async Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        arguments.Equals("mine", StringComparison.OrdinalIgnoreCase)
            ? await MineAsync(asked, ct)
            : await find.OneAsync(asked, arguments, loop => OfLoopAsync(asked, loop, ct), ct);

    private async Task<Reply> OfLoopAsync(Asked asked, LoopInHand loop, CancellationToken ct) =>
        await ShowAsync(asked, loop.Initiative.Name, db.ActionItems.Where(a => a.LoopId == loop.Loop.Id), ct);

    private async Task<Reply> MineAsync(Asked asked, CancellationToken ct) => await ShowAsync(
        asked, null, db.ActionItems.Where(a => a.WorkspaceId == asked.Workspace.Id && a.OwnerId == asked.By.Id), ct);

    private async Task<Reply> ShowAsync(Asked asked, string? initiative, IQueryable<ActionItem> items, CancellationToken ct) =>
        new Reply.Whisper(await CardAsync(asked, initiative, items, ct));

    private async Task<Card> CardAsync(Asked asked, string? initiative, IQueryable<ActionItem> items, CancellationToken ct)
    {
        var open = await items.AsNoTracking().Where(a => a.DoneAt == null)
            .Join(db.People, a => a.OwnerId, p => p.Id, (item, person) => new { item, person.Name })
            .Join(db.Loops, a => a.item.LoopId, l => l.Id, (a, loop) => new { a.item, a.Name, loop.Slot.Zone })
            .OrderBy(a => a.item.DueOn).ThenBy(a => a.item.Id).ToListAsync(ct);
        var lines = open.ConvertAll(o => ActionLine.Of(o.item, o.Name, WeeklySlot.DateIn(clock.GetUtcNow(), o.Zone)));
        return cards.Fill(new ActionsCard(initiative, lines.Count(l => l.Overdue), lines.Count, [.. lines.Take(Most)], Math.Max(0, lines.Count - Most)));
    }
}

/// <param name="Initiative">Null: mine, over all loops.</param>
/// <param name="More">Open ones beyond those listed.</param>
public sealed record ActionsCard(string? Initiative, int Overdue, int Open, IReadOnlyList<ActionLine> Actions, int More) : ICardData
{
    public static string Template => "actions";
}

/// <summary>Ticks an action off, here and on the review and digest that still change.</summary>
public sealed class CompleteAction(BotDb db, FindLoop find, ReviewForms forms, CardBook cards, TimeProvider clock) : IActionHandler
{
    public const string Action = "action.done";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (Id.Parse<ActionItemId>(key) is not { } id
            || await db.ActionItems.FirstOrDefaultAsync(a => a.Id == id && a.WorkspaceId == asked.Workspace.Id, ct) is not { } item
            || await find.ByKeyAsync(asked, item.LoopId.ToString(), ct) is null)
        {
            return Notice.Whisper(cards, "This action is not known here any more.");
        }

        item.DoneAt ??= clock.GetUtcNow();
        var shown = await db.Rounds.Where(r => r.LoopId == item.LoopId && !r.Sealed && (r.State == RoundState.InReview || r.State == RoundState.Closed))
            .Select(r => r.Id).ToListAsync(ct);
        foreach (var week in await RoundInHand.LoadAsync(db, shown, ct))
        {
            await forms.ShowAsync(week, ct);
        }

        return Notice.Whisper(cards, $"Done: {item.Text}");
    }
}
