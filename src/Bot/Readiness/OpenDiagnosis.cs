using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Readiness;

/// <summary>
/// <c>/pilot diagnose</c>: opens the twelve statements; to somebody who has answered them today, and for <c>scores</c>, it shows what came
/// of them instead. The button on that card opens them in any case.
/// </summary>
public sealed class OpenDiagnosis(FindInitiative find, InitiativePeople people, ReadDiagnoses diagnoses, DiagnosisCards result, AddressBook book, CardBook cards)
    : ICommandHandler, IActionHandler
{
    public const string Action = "diagnose.open";
    public const string Scores = "scores";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (initiative, refusal) = await people.FindAsync(asked, key, ct);
        return initiative is null ? refusal : await OpenAsync(asked, initiative, ct);
    }

    async Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct)
    {
        var parts = arguments.Split(' ', 2, StringSplitOptions.TrimEntries);
        var only = parts[0].Equals(Scores, StringComparison.OrdinalIgnoreCase);
        return await find.OneAsync(asked, only ? parts.ElementAtOrDefault(1) ?? "" : arguments, async initiative =>
            !await people.TakesPartAsync(asked, initiative, ct) ? people.NotTakingPart(initiative)
            : only || await diagnoses.TodayAsync(asked, initiative, ct) is not null ? new Reply.Whisper(await result.OfAsync(asked, initiative, null, ct))
            : await OpenAsync(asked, initiative, ct), ct);
    }

    private async Task<Reply> OpenAsync(Asked asked, InitiativeInHand initiative, CancellationToken ct)
    {
        var typed = await book.FindDraftAsync(asked.By.Id, new ActionRef(TakeDiagnosis.FormName, initiative.Initiative.Id.ToString()), ct);
        var today = await diagnoses.TodayAsync(asked, initiative, ct);
        return new Reply.OpenForm(DiagnoseFormCard.Fill(cards, initiative.Initiative, typed ?? DiagnoseFormCard.ToValues(today?.Scores)));
    }
}

/// <summary>Takes the twelve answers; sent again on the same day they replace those of the day.</summary>
public sealed class TakeDiagnosis(BotDb db, InitiativePeople people, ReadDiagnoses diagnoses, DiagnosisCards result, CardBook cards, TimeProvider clock) : IFormHandler
{
    public const string FormName = "diagnose";

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var (initiative, refusal) = await people.FindAsync(asked, key, ct);
        if (initiative is null)
        {
            return refusal;
        }

        var read = new FormReader(values);
        var scores = string.Concat(Enumerable.Range(0, Diagnostic.Statements.Count)
            .Select(place => read.OneOf(DiagnoseFormCard.Field(place), DiagnoseFormCard.Choices, "Choose how far you agree, from 1 to 5.")));
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(DiagnoseFormCard.Fill(cards, initiative.Initiative, values), read.Errors);
        }

        if (await diagnoses.TodayAsync(asked, initiative, ct) is { } today)
        {
            today.Scores = scores;
        }
        else
        {
            db.Diagnoses.Add(new Diagnosis
            {
                Id = Id.New<DiagnosisId>(clock), WorkspaceId = asked.Workspace.Id, InitiativeId = initiative.Initiative.Id, By = asked.By.Id, At = clock.GetUtcNow(), Scores = scores,
            });
        }

        return new Reply.Whisper(await result.OfAsync(asked, initiative, "Saved. What you chose is kept with your name and shown to nobody; the team sees means of three people or more.", ct));
    }
}

/// <param name="Key">The initiative.</param>
public sealed record DiagnoseFormCard(string Key, string Initiative, IReadOnlyList<StatementField> Statements, IReadOnlyList<Choice> Agreement) : ICardData
{
    public static string Template => "diagnose-form";

    public static IReadOnlyList<Choice> Choices { get; } =
        [new("1", "1 - not at all"), new("2", "2 - rather not"), new("3", "3 - partly"), new("4", "4 - mostly"), new("5", "5 - fully")];

    public static string Field(int place) => "s" + (place + 1).ToString(CultureInfo.InvariantCulture);

    public static FormValues ToValues(string? scores) =>
        new((scores ?? "").Select((digit, place) => KeyValuePair.Create(Field(place), digit.ToString())));

    public static Form Fill(CardBook cards, Initiative initiative, FormValues typed) => cards.FillForm(TakeDiagnosis.FormName, initiative.Id.ToString(), "Diagnostic", new DiagnoseFormCard(
        initiative.Id.ToString(), initiative.Name, [.. Diagnostic.Statements.Select((s, place) => new StatementField(Field(place), s.Text, typed[Field(place)]))], Choices));
}

/// <param name="Id">The field's name.</param>
public sealed record StatementField(string Id, string Text, string? Chosen);
