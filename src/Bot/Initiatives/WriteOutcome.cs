using Bot.Cards;
using Bot.Chat;
using Bot.Warnings;

namespace Bot.Initiatives;

/// <summary>
/// Fills the four blanks of the outcome statement: anybody who takes part while a workshop runs, the owner and admins at any time. A field
/// left empty keeps what is there, so that two people filling different blanks at once do not wipe each other's.
/// </summary>
public sealed class WriteOutcome(FindInitiative find, InitiativePeople people, PostWorkshop workshop, AddressBook book, RaiseWarnings warnings, CardBook cards) : IActionHandler, IFormHandler
{
    public const string Action = "workshop.outcome";
    public const string FormName = "outcome";
    public const int MaxText = 200;

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (initiative, refusal) = await FindAsync(asked, key, ct);
        if (initiative is null)
        {
            return refusal;
        }

        var now = initiative.Initiative.Outcome;
        var saved = new FormValues(new Dictionary<string, string?>
        {
            ["capability"] = now.Capability, ["behaviour"] = now.BehaviourChange, ["group"] = now.UserGroup, ["timeframe"] = now.Timeframe,
        }.Where(v => v.Value is not null)!);
        return new Reply.OpenForm(Fill(initiative.Initiative, await book.FindDraftAsync(asked.By.Id, new ActionRef(FormName, key), ct) ?? saved));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var (initiative, refusal) = await FindAsync(asked, key, ct);
        if (initiative is null)
        {
            return refusal;
        }

        var (it, read) = (initiative.Initiative, new FormReader(values));
        var written = new OutcomeStatement(
            read.Optional("capability", MaxText) ?? it.Outcome.Capability, read.Optional("behaviour", MaxText) ?? it.Outcome.BehaviourChange,
            read.Optional("group", MaxText) ?? it.Outcome.UserGroup, read.Optional("timeframe", MaxText) ?? it.Outcome.Timeframe);
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(Fill(it, values), read.Errors);
        }

        it.Outcome = written;
        await warnings.AboutAsync(it.Id, null, ct);
        return await workshop.AgainAsync(it.Id, ct) ? new Reply.Silence() : Notice.Whisper(cards, $"Saved: the outcome of {it.Name}.");
    }

    private async Task<(InitiativeInHand? Initiative, Reply Refusal)> FindAsync(Asked asked, string key, CancellationToken ct)
    {
        var (initiative, refusal) = await people.FindAsync(asked, key, ct);
        return initiative is null || initiative.MaySet(asked.By) || await workshop.RunningAsync(initiative.Initiative.Id, ct) is not null
            ? (initiative, refusal)
            : (null, await find.NotYoursAsync(initiative, ct));
    }

    private Form Fill(Initiative initiative, FormValues typed) => cards.FillForm(FormName, initiative.Id.ToString(), "The outcome", new OutcomeFormCard(
        initiative.Id.ToString(), initiative.Name, typed["capability"], typed["behaviour"], typed["group"], typed["timeframe"]));
}

/// <param name="Key">The initiative.</param>
public sealed record OutcomeFormCard(string Key, string Initiative, string? Capability, string? Behaviour, string? Group, string? Timeframe) : ICardData
{
    public static string Template => "outcome-form";
}
