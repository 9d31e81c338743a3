using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Store;

namespace Bot.Reviews;

/// <summary>Adds something somebody will do by a day.</summary>
public sealed class AddAction(BotDb db, ReviewForms forms, CardBook cards, TimeProvider clock) : IActionHandler, IFormHandler
{
    public const string Action = "review.action";
    public const string FormName = "action";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var week = await RoundInHand.FindAsync(db, asked.Workspace.Id, key, ct);
        if (forms.Refuse(week) is { } refusal)
        {
            return refusal;
        }

        var (form, typed) = await forms.OpenAsync<ActionItemId>(asked, FormName, week!, ct);
        return new Reply.OpenForm(await FillAsync(week!, form, typed ?? FormValues.Empty, ct));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var found = await forms.FindAsync<ActionItemId>(asked, key, ct);
        if (forms.Refuse(found?.Week) is { } refusal)
        {
            return refusal;
        }

        var (week, id) = found!.Value;
        var read = new FormReader(values);
        var text = read.Text("text", ReviewForms.MaxText, "Say what will be done.");
        var owner = read.OneOf("owner", await forms.PeopleAsync(week, ct), "Choose who does it: one person of this loop.");
        var due = read.Date("due", forms.Today(week), "Choose the day by which it is done.");
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(await FillAsync(week, key, values, ct), read.Errors);
        }

        if (await db.ActionItems.FindAsync([id], ct) is null)
        {
            db.ActionItems.Add(new ActionItem
            {
                Id = id, WorkspaceId = week.Round.WorkspaceId, LoopId = week.Loop.Id, RoundId = week.Round.Id, Text = text,
                OwnerId = Id.Parse<PersonId>(owner)!.Value, DueOn = due, CreatedAt = clock.GetUtcNow(),
            });
        }

        return await forms.ShowAsync(week, ct);
    }

    private async Task<Form> FillAsync(RoundInHand week, string key, FormValues typed, CancellationToken ct) =>
        cards.FillForm(FormName, key, "Add an action", new ActionFormCard(
            key, week.Initiative.Name, typed["text"], await forms.PeopleAsync(week, ct), typed["owner"],
            typed["due"] ?? forms.Today(week).AddDays(7).ToString("yyyy-MM-dd")));
}

public sealed record ActionFormCard(string Key, string Initiative, string? Text, IReadOnlyList<Choice> People, string? Owner, string Due) : ICardData
{
    public static string Template => "action-form";
}
