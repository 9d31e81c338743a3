using Bot.Cards;
using Bot.Chat;
using Bot.Readiness;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary><c>/pilot plan</c>: what has to be true before real users rely on it, by kind, overdue first.</summary>
public sealed class ShowPlan(FindInitiative find, PlanCards plan) : ICommandHandler, IActionHandler
{
    public const string Action = "plan.show";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct) =>
        await find.ByKeyAsync(asked, key, ct) is { } initiative ? await ShowAsync(asked, initiative, ct) : find.Unknown();

    Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        find.OneAsync(asked, arguments, initiative => ShowAsync(asked, initiative, ct), ct);

    private async Task<Reply> ShowAsync(Asked asked, InitiativeInHand initiative, CancellationToken ct) =>
        new Reply.Whisper(await plan.OfAsync(asked, initiative, null, ct));
}

/// <summary>Ticks an item of the plan off.</summary>
public sealed class CompletePlanItem(BotDb db, FindInitiative find, PlanCards plan, PostWorkshop workshop, CardBook cards, TimeProvider clock) : IActionHandler
{
    public const string Action = "plan.done";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (Id.Parse<PlanItemId>(key) is not { } id
            || await db.PlanItems.FirstOrDefaultAsync(p => p.Id == id && p.WorkspaceId == asked.Workspace.Id, ct) is not { } item
            || await find.ByKeyAsync(asked, item.InitiativeId.ToString(), ct) is not { } initiative)
        {
            return Notice.Whisper(cards, "This item is not in the plan any more.");
        }

        if (!PlanCards.MayComplete(item, initiative, asked.By))
        {
            return await RefuseAsync(item, initiative, ct);
        }

        item.DoneAt ??= clock.GetUtcNow();
        await workshop.AgainAsync(initiative.Initiative.Id, ct);
        return new Reply.Whisper(await plan.OfAsync(asked, initiative, $"Done: {Say.Shortened(item.Text, PlanCards.MaxShown)}", ct));
    }

    private async Task<Reply> RefuseAsync(PlanItem item, InitiativeInHand initiative, CancellationToken ct)
    {
        var mine = item.OwnerId is { } id ? (await db.People.FindAsync([id], ct))?.Name : null;
        var owner = initiative.Initiative.OwnerId is { } ownerId ? (await db.People.FindAsync([ownerId], ct))?.Name : null;
        var who = string.Join(", ", new[] { mine is null ? null : $"{mine} (who does it)", owner is null ? null : $"{owner} (owner)" }.OfType<string>());
        return Notice.Whisper(cards, who.Length == 0 ? "Nobody has this item and there is no owner yet; a workspace admin can tick it off." : $"Only {who} or a workspace admin can tick this off.");
    }
}

/// <summary>Makes the card of a plan for one reader.</summary>
public sealed class PlanCards(BotDb db, InitiativePeople people, ReadReliance reliance, CardBook cards)
{
    public const int MaxShown = 140;

    /// <summary>Each may have a button, and no platform shows more than 25 of them on one card.</summary>
    private const int Most = 20;

    public static bool MayComplete(PlanItem item, InitiativeInHand initiative, Person person) =>
        item.OwnerId == person.Id || initiative.MaySet(person) || (item.OwnerId is null && item.By == person.Id);

    /// <param name="asked">Who reads it.</param>
    /// <param name="initiative">Whose plan.</param>
    /// <param name="said">What has just happened to it, if anything.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<Card> OfAsync(Asked asked, InitiativeInHand initiative, string? said, CancellationToken ct)
    {
        var (it, today) = (initiative.Initiative, people.Today(asked, initiative));
        await db.PlanItems.Where(p => p.InitiativeId == it.Id).LoadAsync(ct);
        // What was decided in this turn and is not saved yet belongs to it.
        var items = db.PlanItems.Local.Where(p => p.InitiativeId == it.Id).ToList();
        var open = PlanLine.InOrder(items.Where(i => i.DoneAt is null));
        var done = new PlanProgress(items.Count - open.Count, items.Count, [.. open.Select(i => i.DueOn).OfType<DateOnly>()]);
        var owners = open.Select(i => i.OwnerId).OfType<PersonId>().Distinct().ToList();
        var names = await db.People.Where(p => owners.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var relying = initiative.Loop is { } loop ? await reliance.OfAsync(loop.Id, ct) : null;
        return cards.Fill(new PlanCard(
            it.Id.ToString(), it.Name, it.IsSample, said, done.InWords(relying), done.Overdue(today), await people.TakesPartAsync(asked, initiative, ct),
            [.. open.Take(Most).GroupBy(i => i.Kind).Select(g => new PlanGroup(
                PlanLine.Title(g.Key), [.. g.Select(i => PlanLine.Of(i, names, today, MayComplete(i, initiative, asked.By)))]))],
            Math.Max(0, open.Count - Most)));
    }
}

/// <param name="Key">The initiative.</param>
/// <param name="Said">What has just happened.</param>
/// <param name="Progress">"4 of 9 done, 3 of 10 users rely on it"; null when there is nothing to say yet.</param>
/// <param name="MayAdd">The reader takes part.</param>
/// <param name="Groups">Open items by kind; the kind that holds what is due first comes first.</param>
/// <param name="More">Open ones beyond those listed.</param>
public sealed record PlanCard(
    string Key, string Initiative, bool IsSample, string? Said, string? Progress, int Overdue, bool MayAdd, IReadOnlyList<PlanGroup> Groups, int More) : ICardData
{
    public static string Template => "plan";
}

/// <summary>The items of one kind.</summary>
public sealed record PlanGroup(string Kind, IReadOnlyList<PlanLine> Items);

/// <summary>One item of a plan.</summary>
/// <param name="Key">The item.</param>
/// <param name="MayComplete">The reader may tick it off.</param>
public sealed record PlanLine(string Key, string Text, string? Owner, string? Due, bool Overdue, bool MayComplete)
{
    public static PlanLine Of(PlanItem item, IReadOnlyDictionary<PersonId, string> names, DateOnly today, bool mayComplete) => new(
        item.Id.ToString(), Say.Shortened(item.Text, PlanCards.MaxShown), item.OwnerId is { } owner ? names.GetValueOrDefault(owner) : null,
        item.DueOn is { } due ? Say.Date(due, today) : null, item.DueOn < today, mayComplete);

    /// <summary>What is due first comes first, what has no date last.</summary>
    public static List<PlanItem> InOrder(IEnumerable<PlanItem> items) =>
        [.. items.OrderBy(i => i.DueOn ?? DateOnly.MaxValue).ThenBy(i => i.CreatedAt).ThenBy(i => i.Id.Value)];

    public static string Title(PlanKind kind) => kind switch
    {
        PlanKind.Integration => "Integration",
        PlanKind.Training => "Training",
        PlanKind.WorkflowChange => "Workflow change",
        _ => "Trust",
    };
}
