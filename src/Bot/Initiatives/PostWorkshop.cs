using Bot.Cards;
using Bot.Chat;
using Bot.Delivery;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>Posts a workshop's card and changes it in place, announces its parts in the thread, and at the end says what came of it.</summary>
public sealed class PostWorkshop(BotDb db, Outbox outbox, CardBook cards, TimeProvider clock)
{
    private const int MostItems = 15;
    private const int MaxItem = 140;

    /// <param name="workshop">Just begun.</param>
    /// <param name="earlier">How many this initiative has had before.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task StartAsync(Workshop workshop, int earlier, CancellationToken ct)
    {
        outbox.Post(workshop.WorkspaceId, CardKey(workshop), workshop.ChannelId, await CardAsync(workshop, ct));
        // The key counts the workshops of the initiative: of two started at the same moment only one can be saved.
        Announce(workshop, $"workshop-start:{workshop.InitiativeId}:{earlier}");
    }

    public async Task AdvanceAsync(Workshop workshop, int part, CancellationToken ct)
    {
        (workshop.Part, workshop.NextAt) = (part, workshop.StartedAt + ((part + 1) * WorkshopParts.Each));
        Announce(workshop, $"workshop-part:{workshop.Id}:{part}");
        await outbox.ChangeAsync(workshop.WorkspaceId, CardKey(workshop), await CardAsync(workshop, ct), ct);
    }

    public async Task EndAsync(Workshop workshop, CancellationToken ct)
    {
        (workshop.Part, workshop.NextAt, workshop.EndedAt) = (WorkshopParts.Count, null, clock.GetUtcNow());
        var card = await CardAsync(workshop, ct);
        await outbox.ChangeAsync(workshop.WorkspaceId, CardKey(workshop), card, ct);
        outbox.Post(workshop.WorkspaceId, $"workshop-end:{workshop.Id}", workshop.ChannelId, await SummaryAsync(workshop, ct));
    }

    public void Tell(Workshop workshop, string words) =>
        outbox.Post(workshop.WorkspaceId, $"workshop-told:{workshop.Id}:{Id.New<OutboxId>(clock)}", workshop.ChannelId, cards.Fill(new Notice(words)), CardKey(workshop));

    public Task<Workshop?> RunningAsync(InitiativeId initiative, CancellationToken ct) =>
        db.Workshops.FirstOrDefaultAsync(w => w.InitiativeId == initiative && w.EndedAt == null, ct);

    /// <summary>Shows on the running workshop's card what has just changed.</summary>
    /// <returns>False when none is running.</returns>
    public async Task<bool> AgainAsync(InitiativeId initiative, CancellationToken ct)
    {
        if (await RunningAsync(initiative, ct) is not { } workshop)
        {
            return false;
        }

        await outbox.ChangeAsync(workshop.WorkspaceId, CardKey(workshop), await CardAsync(workshop, ct), ct);
        return true;
    }

    private static string CardKey(Workshop workshop) => $"workshop:{workshop.Id}";

    private void Announce(Workshop workshop, string key) => outbox.Post(workshop.WorkspaceId, key, workshop.ChannelId, cards.Fill(new WorkshopPartCard(
        WorkshopParts.Title(workshop.Part), WorkshopParts.Ask(workshop.Part), (int)WorkshopParts.Each.TotalMinutes)), CardKey(workshop));

    private async Task<Card> CardAsync(Workshop workshop, CancellationToken ct)
    {
        var facts = await FactsAsync(workshop, ct);
        var running = workshop.EndedAt is null;
        return cards.Fill(new WorkshopCard(
            workshop.Id.ToString(), facts.Initiative.Id.ToString(), facts.Initiative.Name, !running, running ? WorkshopParts.Title(workshop.Part) : null,
            Say.Time(workshop.StartedAt + (WorkshopParts.Count * WorkshopParts.Each), facts.Zone),
            OutcomeLine.Of(facts.Initiative.Outcome), facts.Owner, facts.Lines, facts.More));
    }

    private async Task<Card> SummaryAsync(Workshop workshop, CancellationToken ct)
    {
        var facts = await FactsAsync(workshop, ct);
        var outcome = facts.Initiative.Outcome;
        var open = new[]
        {
            outcome.Capability is null ? "what it can do" : null,
            outcome.BehaviourChange is null ? "what people will do differently" : null,
            outcome.UserGroup is null ? "for whom" : null,
            outcome.Timeframe is null ? "by when" : null,
            facts.Owner is null ? "who owns it in production" : null,
            facts.Lines.Count == 0 ? "what would have to be true: nothing is in the plan" : null,
            facts.Lines.Any(l => l.Owner is null) ? Say.Count(facts.Items.Count(i => i.OwnerId is null), "item") + " of the plan without a name" : null,
            facts.Lines.Any(l => l.Due is null) ? Say.Count(facts.Items.Count(i => i.DueOn is null), "item") + " of the plan without a day" : null,
        }.OfType<string>().ToList();
        return cards.Fill(new WorkshopEndCard(
            facts.Initiative.Id.ToString(), facts.Initiative.Name, OutcomeLine.Of(outcome), facts.Owner, facts.Lines, facts.More, open));
    }

    private async Task<Facts> FactsAsync(Workshop workshop, CancellationToken ct)
    {
        var initiative = await db.Initiatives.SingleAsync(i => i.Id == workshop.InitiativeId, ct);
        await db.PlanItems.Where(p => p.InitiativeId == initiative.Id).LoadAsync(ct);
        // What was decided in this turn and is not saved yet belongs to it.
        var items = PlanLine.InOrder(db.PlanItems.Local.Where(p => p.InitiativeId == initiative.Id && p.DoneAt is null));
        var who = items.Select(i => i.OwnerId).Append(initiative.OwnerId).OfType<PersonId>().Distinct().ToList();
        var names = await db.People.Where(p => who.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var zone = await db.Loops.Where(l => l.InitiativeId == initiative.Id && l.EndedAt == null).Select(l => l.Slot.Zone).FirstOrDefaultAsync(ct)
            ?? (await db.People.FindAsync([workshop.StartedBy], ct))?.TimeZone ?? "Etc/UTC";
        var today = WeeklySlot.DateIn(clock.GetUtcNow(), zone);
        return new Facts(initiative, initiative.OwnerId is { } owner ? names.GetValueOrDefault(owner) : null, zone, items,
            [.. items.Take(MostItems).Select(i => new WorkshopItem(
                PlanLine.Title(i.Kind), Say.Shortened(i.Text, MaxItem), i.OwnerId is { } by ? names.GetValueOrDefault(by) : null, i.DueOn is { } due ? Say.Date(due, today) : null))],
            Math.Max(0, items.Count - MostItems));
    }

    private sealed record Facts(Initiative Initiative, string? Owner, string Zone, IReadOnlyList<PlanItem> Items, IReadOnlyList<WorkshopItem> Lines, int More);
}

/// <summary>An outcome statement as it stands: a blank that is open is null.</summary>
public sealed record OutcomeLine(string? Capability, string? BehaviourChange, string? UserGroup, string? Timeframe)
{
    public static OutcomeLine Of(OutcomeStatement outcome) => new(outcome.Capability, outcome.BehaviourChange, outcome.UserGroup, outcome.Timeframe);
}

/// <summary>One open item of the plan, as everybody sees it.</summary>
public sealed record WorkshopItem(string Kind, string Text, string? Owner, string? Due);

/// <param name="Key">The workshop.</param>
/// <param name="InitiativeKey">The initiative.</param>
/// <param name="Part">The part that runs; null once it has ended.</param>
/// <param name="Until">When the 45 minutes are over.</param>
/// <param name="More">Open items beyond those listed.</param>
public sealed record WorkshopCard(
    string Key, string InitiativeKey, string Initiative, bool Ended, string? Part, string Until, OutcomeLine Outcome, string? Owner, IReadOnlyList<WorkshopItem> Items, int More) : ICardData
{
    public static string Template => "workshop";
}

/// <param name="Part">The part that begins.</param>
public sealed record WorkshopPartCard(string Part, string Ask, int Minutes) : ICardData
{
    public static string Template => "workshop-part";
}

/// <param name="Key">The initiative.</param>
/// <param name="Open">What nobody could fill in.</param>
public sealed record WorkshopEndCard(
    string Key, string Initiative, OutcomeLine Outcome, string? Owner, IReadOnlyList<WorkshopItem> Items, int More, IReadOnlyList<string> Open) : ICardData
{
    public static string Template => "workshop-end";
}
