using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Store;

namespace Bot.Reviews;

/// <summary>Adds a decision to a review.</summary>
public sealed class RecordDecision(BotDb db, ReviewForms forms, CardBook cards, TimeProvider clock) : IActionHandler, IFormHandler
{
    public const string Action = "review.decision";
    public const string FormName = "decision";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var week = await RoundInHand.FindAsync(db, asked.Workspace.Id, key, ct);
        if (forms.Refuse(week) is { } refusal)
        {
            return refusal;
        }

        var (form, typed) = await forms.OpenAsync<DecisionId>(asked, FormName, week!, ct);
        return new Reply.OpenForm(Fill(week!, form, typed ?? FormValues.Empty));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var found = await forms.FindAsync<DecisionId>(asked, key, ct);
        if (forms.Refuse(found?.Week) is { } refusal)
        {
            return refusal;
        }

        var (week, id) = found!.Value;
        var read = new FormReader(values);
        var text = read.Text("text", ReviewForms.MaxText, "Say what was decided.");
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(Fill(week, key, values), read.Errors);
        }

        if (await db.Decisions.FindAsync([id], ct) is null)
        {
            db.Decisions.Add(new Decision
            {
                Id = id, LoopId = week.Loop.Id, RoundId = week.Round.Id, Text = text, By = asked.By.Id, At = clock.GetUtcNow(),
            });
        }

        return await forms.ShowAsync(week, ct);
    }

    private Form Fill(RoundInHand week, string key, FormValues typed) =>
        cards.FillForm(FormName, key, "Add a decision", new DecisionFormCard(key, week.Initiative.Name, typed["text"]));
}

public sealed record DecisionFormCard(string Key, string Initiative, string? Text) : ICardData
{
    public static string Template => "decision-form";
}
