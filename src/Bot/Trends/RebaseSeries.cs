using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Trends;

/// <summary>Sets the limits of a series anew from a week on, for a decision, a stage change, or a sentence that names one. The weeks before keep theirs.</summary>
public sealed class RebaseSeries(BotDb db, FindLoop find, AddressBook book, CardBook cards, TimeProvider clock) : IActionHandler, IFormHandler
{
    public const string Action = "trend.rebase";
    public const string FormName = "rebase";
    public const int MaxReason = 300;
    private const int MostWeeks = 25;
    private const int MostReasons = 24;
    private const int MaxTitle = 75;

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (found, refusal) = await FindAsync(asked, key, ct);
        return found is null ? refusal
            : found.Weeks.Count == 0 ? Notice.Whisper(cards, "There is one week with a figure or none yet: nothing to set anew.")
            : new Reply.OpenForm(Fill(key, found, await book.FindDraftAsync(asked.By.Id, new ActionRef(FormName, key), ct) ?? FormValues.Empty));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var (found, refusal) = await FindAsync(asked, key, ct);
        if (found is null)
        {
            return refusal;
        }

        var read = new FormReader(values);
        var from = read.OneOf("from", found.Weeks, "Choose the first week that is to count anew.");
        var because = values["because"];
        var sentence = read.Optional("sentence", MaxReason);
        if (because is not null)
        {
            read.OneOf("because", found.Reasons, "This is not in the list any more; choose again, or write a sentence.");
        }
        else if (sentence is null)
        {
            read.Fault("sentence", "Choose the decision or stage change behind it, or name it in a sentence: limits set anew without a reason hide what happened.");
        }

        if (!read.IsFine)
        {
            return new Reply.FieldErrors(Fill(key, found, values), read.Errors);
        }

        var reason = string.Join(". ", new[] { found.Reasons.FirstOrDefault(r => r.Value == because)?.Title, sentence }.OfType<string>());
        var date = DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (await db.Rebases.FindAsync([found.Loop.Loop.Id, found.Series, date], ct) is { } there)
        {
            there.Reason = reason;
        }
        else
        {
            db.Rebases.Add(new Rebase { LoopId = found.Loop.Loop.Id, Series = found.Series, From = date, Reason = reason, By = asked.By.Id, At = clock.GetUtcNow() });
        }

        return Notice.Whisper(cards,
            $"The limits of {Label(found)} are set anew from the {Say.Week(date, found.Today)}; the weeks before keep theirs. {ProcessBehaviourChart.TrialWeeks} weeks with figures are needed before there are new ones.");
    }

    private async Task<(Found? Found, Reply Refusal)> FindAsync(Asked asked, string key, CancellationToken ct)
    {
        if (SeriesOfLoop.Parse(key) is not { } wanted)
        {
            return (null, find.Unknown());
        }

        var (loop, refusal) = await find.ToSetAsync(asked, wanted.Loop, ct);
        if (loop is null)
        {
            return (null, refusal);
        }

        var id = loop.Loop.Id;
        var today = WeeklySlot.DateIn(clock.GetUtcNow(), loop.Loop.Slot.Zone);
        var weeks = await db.Rounds.AsNoTracking().Where(r => r.LoopId == id && r.State == RoundState.Closed).OrderBy(r => r.ReviewDate).Select(r => r.ReviewDate).ToListAsync(ct);
        return (new Found(
            loop,
            wanted.Series,
            today,
            [.. weeks.Skip(1).Reverse().Take(MostWeeks).Select(w => new Choice(w.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Say.Week(w, today)))],
            await ReasonsAsync(loop, today, ct)), refusal);
    }

    private async Task<IReadOnlyList<Choice>> ReasonsAsync(LoopInHand loop, DateOnly today, CancellationToken ct)
    {
        var (id, initiative, zone) = (loop.Loop.Id, loop.Initiative.Id, loop.Loop.Slot.Zone);
        var decisions = await db.Decisions.AsNoTracking().Where(d => d.LoopId == id).OrderByDescending(d => d.At).Take(MostReasons).ToListAsync(ct);
        var stages = await db.StageChanges.AsNoTracking().Where(s => s.InitiativeId == initiative && s.From != null).OrderByDescending(s => s.At).Take(MostReasons).ToListAsync(ct);
        return
        [
            .. decisions.Select(d => (d.At, Choice: new Choice($"d-{d.Id}", Title("decided", d.At, d.Text))))
                .Concat(stages.Select(s => (s.At, Choice: new Choice($"s-{s.Id}", Title("stage", s.At, $"{s.From} to {s.To}".ToLowerInvariant())))))
                .OrderByDescending(r => r.At).Take(MostReasons).Select(r => r.Choice),
        ];

        string Title(string what, DateTimeOffset at, string text) => Say.Quoted($"{Say.Date(WeeklySlot.DateIn(at, zone), today)}, {what}: {text}", MaxTitle);
    }

    private Form Fill(string key, Found found, FormValues typed) => cards.FillForm(FormName, key, "Set limits anew", new RebaseFormCard(
        key, found.Loop.Initiative.Name, Label(found), found.Weeks, found.Reasons, typed["from"], typed["because"], typed["sentence"]));

    private static string Label(Found found) => new Measure(found.Series, found.Loop.Initiative.Metric).Label;

    private sealed record Found(LoopInHand Loop, SeriesName Series, DateOnly Today, IReadOnlyList<Choice> Weeks, IReadOnlyList<Choice> Reasons);
}

/// <param name="Key">"loop:series".</param>
/// <param name="Weeks">From which it may be, newest first.</param>
/// <param name="Reasons">Decisions and stage changes, newest first; may be empty.</param>
public sealed record RebaseFormCard(
    string Key, string Initiative, string Series, IReadOnlyList<Choice> Weeks, IReadOnlyList<Choice> Reasons, string? From, string? Because, string? Sentence) : ICardData
{
    public static string Template => "rebase-form";
}
