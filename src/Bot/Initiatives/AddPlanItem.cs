using Bot.Cards;
using Bot.Chat;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Initiatives;

/// <summary>Adds to the plan something that has to be true before real users rely on it.</summary>
public sealed class AddPlanItem(
    BotDb db, InitiativePeople people, PlanCards plan, PostWorkshop workshop, AddressBook book, CardBook cards, TimeProvider clock) : IActionHandler, IFormHandler
{
    public const string Action = "plan.add";
    public const string FormName = "plan-item";
    public const int MaxText = 500;

    /// <param name="asked">Who wants to add.</param>
    /// <param name="key">The initiative.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (initiative, refusal) = await people.FindAsync(asked, key, ct);
        if (initiative is null)
        {
            return refusal;
        }

        var draft = await book.FindDraftAsync(asked.By.Id, FormName, $"{initiative.Initiative.Id}:", ct);
        var form = draft?.Key ?? $"{initiative.Initiative.Id}:{Id.New<PlanItemId>(clock)}";
        return new Reply.OpenForm(await FillAsync(asked, initiative, form, draft?.Values ?? FormValues.Empty, ct));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        // "initiative:item": the id the item will have, so that sending it twice adds one.
        var parts = key.Split(':');
        var (initiative, refusal) = await people.FindAsync(asked, parts[0], ct);
        if (initiative is null || parts.Length != 2 || Id.Parse<PlanItemId>(parts[1]) is not { } id)
        {
            return initiative is null ? refusal : Notice.Whisper(cards, "This form is from an earlier release. Open it again with `/pilot plan`.");
        }

        var read = new FormReader(values);
        var kind = read.OneOf("kind", [.. Enum.GetNames<PlanKind>().Select(n => new Choice(n, n))], "Choose what kind of work it is.");
        var text = read.Text("text", MaxText, "Say what has to be true.");
        var owner = values["owner"] is null ? null : read.OneOf("owner", await people.ChoicesAsync(asked, initiative, ct), "Choose one of these people, or nobody.");
        DateOnly? due = values["due"] is null ? null : read.Date("due", people.Today(asked, initiative), "Give a day, or leave it empty.");
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(await FillAsync(asked, initiative, key, values, ct), read.Errors);
        }

        if (await db.PlanItems.FindAsync([id], ct) is null)
        {
            db.PlanItems.Add(new PlanItem
            {
                Id = id, WorkspaceId = asked.Workspace.Id, InitiativeId = initiative.Initiative.Id, Kind = Enum.Parse<PlanKind>(kind), Text = text,
                OwnerId = Id.Parse<PersonId>(owner), DueOn = due, By = asked.By.Id, CreatedAt = clock.GetUtcNow(),
            });
        }

        // In a workshop everybody sees the list grow on its card; otherwise only who added sees the plan.
        return await workshop.AgainAsync(initiative.Initiative.Id, ct)
            ? new Reply.Silence()
            : new Reply.Whisper(await plan.OfAsync(asked, initiative, $"Added: {Say.Shortened(text, PlanCards.MaxShown)}", ct));
    }

    private async Task<Form> FillAsync(Asked asked, InitiativeInHand initiative, string key, FormValues typed, CancellationToken ct)
    {
        var choices = await people.ChoicesAsync(asked, initiative, ct);
        return cards.FillForm(FormName, key, "Add to the plan", new PlanItemFormCard(
            key, initiative.Initiative.Name, typed["kind"], typed["text"], choices, choices.FirstOrDefault(c => c.Value == typed["owner"])?.Value, typed["due"]));
    }
}

/// <param name="Key">"initiative:item".</param>
public sealed record PlanItemFormCard(
    string Key, string Initiative, string? Kind, string? Text, IReadOnlyList<Choice> People, string? Owner, string? Due) : ICardData
{
    public static string Template => "plan-item-form";
}
