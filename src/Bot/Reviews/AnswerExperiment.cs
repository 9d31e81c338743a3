using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Reviews;

/// <summary>Records whether what the last experiment expected has happened.</summary>
public sealed class AnswerExperiment(BotDb db, ReviewForms forms, CardBook cards) : IActionHandler
{
    public const string Action = "experiment.result";

    /// <param name="key">"round:experiment:result".</param>
    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var parts = key.Split(':');
        if (parts.Length != 3
            || await RoundInHand.FindAsync(db, asked.Workspace.Id, parts[0], ct) is not { } week
            || Id.Parse<ExperimentId>(parts[1]) is not { } id
            || await db.Experiments.FirstOrDefaultAsync(x => x.Id == id && x.LoopId == week.Loop.Id, ct) is not { } experiment
            || Result(parts[2]) is not { } result)
        {
            return Notice.Whisper(cards, "This experiment is not known here any more.");
        }

        if (forms.Refuse(week) is { } refusal)
        {
            return refusal;
        }

        experiment.Result = result;
        experiment.ResultRoundId = week.Round.Id;
        return await forms.ShowAsync(week, ct);
    }

    private static ExperimentResult? Result(string word) => word switch
    {
        "yes" => ExperimentResult.Yes,
        "notyet" => ExperimentResult.NotYet,
        "no" => ExperimentResult.No,
        _ => null,
    };
}
