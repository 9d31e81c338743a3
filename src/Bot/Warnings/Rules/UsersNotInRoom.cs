using Bot.Cards;
using Bot.CheckIns;

namespace Bot.Warnings.Rules;

/// <summary>The people whose work is meant to change are not heard: no user answered, or builders give most of the answers. Said after two reviews at the earliest.</summary>
public sealed class UsersNotInRoom : IRule
{
    public string Id => "users-not-in-room";

    public string Question => "Which three users join next week?";

    public string Explanation =>
        "It fires when nobody with the role user answered for some reviews in a row, or builders gave more than half of the answers in them. When nobody at all answers, loop-broken says it. It ends when users answer.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var enough = thresholds.Whole("users-not-in-room.weeks");
        var weeks = facts.Lived.Where(w => w.Asked > 0).TakeLast(enough).ToList();
        var (answers, builders, asked) = (weeks.Sum(w => w.Answered), weeks.Sum(w => w.BuildersAnswered), weeks.Sum(w => w.UsersAsked));
        if (weeks.Count < enough || (answers == 0 && asked > 0))
        {
            return null;
        }

        IReadOnlyList<string> lines = [.. weeks.Select(w =>
            $"{Say.Week(w.ReviewDate, facts.Today)}: {w.UsersAnswered} of {Say.Count(w.UsersAsked, "user")} answered, {w.BuildersAnswered} of {Say.Count(w.Answered, "answer")} from builders")];
        return weeks.Sum(w => w.UsersAnswered) == 0
                ? new Finding(Finding.Warning, asked == 0 ? $"No user was asked in {enough} reviews." : $"No user answered in {enough} reviews.", lines)
            : builders > thresholds["users-not-in-room.builders"] * answers
                ? new Finding(Finding.Notice, $"Builders gave {builders} of the {answers} answers of the last {enough} reviews.", lines)
            : null;
    }
}
