using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reviews;

/// <summary>Sets this week's one experiment: what is changed, what is expected of it, and by when. Setting it again changes it.</summary>
public sealed class SetExperiment(BotDb db, ReviewForms forms, CardBook cards, TimeProvider clock) : IActionHandler, IFormHandler
{
    public const string Action = "review.experiment";
    public const string FormName = "experiment";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var week = await RoundInHand.FindAsync(db, asked.Workspace.Id, key, ct);
        if (forms.Refuse(week) is { } refusal)
        {
            return refusal;
        }

        var set = await db.Experiments.FirstOrDefaultAsync(x => x.RoundId == week!.Round.Id, ct);
        var saved = set is null ? FormValues.Empty : new FormValues(
            new Dictionary<string, string> { ["change"] = set.Change, ["expect"] = set.Expect, ["by"] = set.By.ToString("yyyy-MM-dd") });
        var (form, typed) = await forms.OpenAsync<ExperimentId>(asked, FormName, week!, ct);
        return new Reply.OpenForm(Fill(week!, form, typed ?? saved));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        var found = await forms.FindAsync<ExperimentId>(asked, key, ct);
        if (forms.Refuse(found?.Week) is { } refusal)
        {
            return refusal;
        }

        var (week, id) = found!.Value;
        var read = new FormReader(values);
        var change = read.Text("change", ReviewForms.MaxText, "Say the one thing that is changed.");
        var expect = read.Text("expect", ReviewForms.MaxText, "Say what you expect to see, in numbers if you can.");
        var by = read.Date("by", forms.Today(week), "Choose the day by which you expect it.");
        if (!read.IsFine)
        {
            return new Reply.FieldErrors(Fill(week, key, values), read.Errors);
        }

        if (await db.Experiments.FirstOrDefaultAsync(x => x.RoundId == week.Round.Id, ct) is { } set)
        {
            (set.Change, set.Expect, set.By) = (change, expect, by);
        }
        else
        {
            db.Experiments.Add(new Experiment
            {
                Id = id, LoopId = week.Loop.Id, RoundId = week.Round.Id, Change = change, Expect = expect, By = by, SetAt = clock.GetUtcNow(),
            });
        }

        return await forms.ShowAsync(week, ct);
    }

    private Form Fill(RoundInHand week, string key, FormValues typed) => cards.FillForm(FormName, key, "This week's experiment", new ExperimentFormCard(
        key, week.Initiative.Name, week.Initiative.Metric?.Name, typed["change"], typed["expect"],
        typed["by"] ?? forms.Today(week).AddDays(7).ToString("yyyy-MM-dd")));
}

/// <param name="Metric">The behaviour metric's name, if the initiative has one.</param>
public sealed record ExperimentFormCard(string Key, string Initiative, string? Metric, string? Change, string? Expect, string By) : ICardData
{
    public static string Template => "experiment-form";
}
