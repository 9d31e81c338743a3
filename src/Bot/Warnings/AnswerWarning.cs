using Bot.Cards;
using Bot.Chat;
using Bot.Store;

namespace Bot.Warnings;

/// <summary>
/// Takes an answer to the question of a warning from anybody who sees it. It rests then, until it gets worse; where only recorded facts count, the answer
/// is kept and shown and the warning stays open.
/// </summary>
public sealed class AnswerWarning(BotDb db, FindWarning find, RaiseWarnings raise, PostWarning post, AddressBook book, CardBook cards, TimeProvider clock) : IActionHandler, IFormHandler
{
    public const string Action = "warning.answer";
    public const string FormName = "warning-answer";
    public const int FewestCharacters = 10;
    public const int MaxText = 2000;

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        if (await find.ByKeyAsync(asked, key, ct) is not { } hand)
        {
            return find.Unknown();
        }

        var draft = await book.FindDraftAsync(asked.By.Id, FormName, $"{hand.Warning.Id}:", ct);
        return Refuse(hand) ?? new Reply.OpenForm(Fill(hand, draft?.Key ?? $"{hand.Warning.Id}:{Id.New<WarningAnswerId>(clock)}", draft?.Values ?? FormValues.Empty));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        // The key is "warning:answer", the id the answer will have, so that sending twice answers once.
        if (key.Split(':') is not [var named, var made] || Id.Parse<WarningAnswerId>(made) is not { } id || await find.ByKeyAsync(asked, named, ct) is not { } hand)
        {
            return find.Unknown();
        }

        if (await db.WarningAnswers.FindAsync([id], ct) is not null)
        {
            return new Reply.Silence();
        }

        if (Refuse(hand) is { } refusal)
        {
            return refusal;
        }

        var read = new FormReader(values);
        var text = read.Text("text", MaxText, "Say what will be done, and by whom.");
        if (read.IsFine && text.Length < FewestCharacters)
        {
            read.Fault("text", $"A few words more: at least {FewestCharacters} characters.");
        }

        if (!read.IsFine)
        {
            return new Reply.FieldErrors(Fill(hand, key, values), read.Errors);
        }

        var (warning, now) = (hand.Warning, clock.GetUtcNow());
        db.WarningAnswers.Add(new WarningAnswer { Id = id, WarningId = warning.Id, Text = text, By = asked.By.Id, At = now });
        var stays = await raise.AsksForFactsAsync(warning, hand.Initiative, ct);
        if (!stays)
        {
            (warning.State, warning.EndedAt, warning.ChangedAt) = (WarningState.Answered, now, now);
        }

        await post.AgainAsync(warning, hand.Initiative, ct);
        return Notice.Whisper(cards, !stays ? "Saved. The warning rests until it gets worse."
            : warning.Rule == "same-wall" ? "Saved and shown. The warning stays open until a decision that names the cause is recorded in a review."
            : "Saved and shown. The warning stays open until it is recorded for each earlier initiative what stopped it: the buttons below it, or `/pilot list`.");
    }

    private Reply? Refuse(WarningInHand hand) => hand.Warning.State == WarningState.Resolved
        ? Notice.Whisper(cards, "This warning is resolved: the facts changed. There is nothing to answer.") : null;

    private Form Fill(WarningInHand hand, string key, FormValues typed) => cards.FillForm(FormName, key, "Answer", new WarningAnswerFormCard(
        key, hand.Initiative.Name, hand.Warning.Finding, AllRules.Find(hand.Warning.Rule)?.Question ?? "", typed["text"]));
}

/// <param name="Key">"warning:answer".</param>
public sealed record WarningAnswerFormCard(string Key, string Initiative, string Finding, string Question, string? Text) : ICardData
{
    public static string Template => "warning-answer-form";
}
