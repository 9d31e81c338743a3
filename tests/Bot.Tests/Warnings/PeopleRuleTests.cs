using Bot.CheckIns;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Warnings;
using Bot.Warnings.Rules;
using static Bot.Tests.Warnings.Facts;

namespace Bot.Tests.Warnings;

// What the people tell: volunteers-only, single-champion, workflow-gap, one-time-training.
public sealed class PeopleRuleTests
{
    [Theory]
    [InlineData(Stage.Pilot, 1, 2, 0)]
    [InlineData(Stage.Pilot, 1, 3, 1)]
    [InlineData(Stage.Deploying, 0, 4, 2)]
    [InlineData(Stage.Production, 0, 4, 0)]
    [InlineData(Stage.Pilot, 0, 2, 0)]
    [InlineData(Stage.Pilot, 6, 0, 0)]
    public void Fewer_than_a_third_assigned_are_volunteers_only(Stage stage, int assigned, int volunteers, int level)
    {
        Assert.Equal(level, Fine(stage).With(f => f with { Members = Members(assigned, volunteers) }).LevelOf(new VolunteersOnly()));
    }

    [Fact]
    public void Observers_are_no_participants()
    {
        var members = Members(0, 3).Concat(Enumerable.Repeat(new Bot.Warnings.Member(Role.Observer, Joined.Assigned), 9)).ToList();

        Assert.Equal(1, Fine().With(f => f with { Members = members }).LevelOf(new VolunteersOnly()));
    }

    [Theory]
    [InlineData("a a", 0)]
    [InlineData("a a b", 1)]
    [InlineData("a a b b", 0)]
    [InlineData("a b c", 0)]
    [InlineData("nobody nobody b", 2)]
    [InlineData("else else else", 0)]
    [InlineData("a a a nobody nobody nobody", 0)]
    public void One_who_helps_everybody_is_a_single_champion(string answers, int level)
    {
        Assert.Equal(level, Said(answers, weeksAgo: 1).LevelOf(new SingleChampion()));
        Assert.Equal(0, Said(answers, weeksAgo: 6).LevelOf(new SingleChampion()));
    }

    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 1, 0)]
    [InlineData(6, 4, 2)]
    public void A_quarter_whom_it_does_not_fit_three_weeks_running_is_a_gap(int weeks, int people, int level)
    {
        Assert.Equal(level, Fine().Weeks(8, (week, i) => i >= 8 - weeks ? week.Named(Struggles.DoesNotFit, people) : week).LevelOf(new WorkflowGap()));
    }

    [Fact]
    public void A_week_with_too_few_answers_ends_the_row_and_a_week_left_out_does_not()
    {
        Assert.Equal(0, Fine().Weeks(4, (week, i) => i == 2 ? week with { Counted = 2 } : week.Named(Struggles.DoesNotFit, 4)).LevelOf(new WorkflowGap()));
        Assert.Equal(1, Fine().Weeks(4, (week, i) => i == 2 ? week.Skipped() : week.Named(Struggles.DoesNotFit, 4)).LevelOf(new WorkflowGap()));
        Assert.Equal(0, Fine().Weeks(4, (week, _) => week.Imported().Named(Struggles.DoesNotFit, 4)).LevelOf(new WorkflowGap()));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public void Training_asked_for_again_and_again_with_no_session_was_a_one_time_event(int weeks, int level)
    {
        var facts = Fine().Weeks(6, (week, i) => i < weeks ? week.Named(Struggles.NeedTraining, 1) : week);

        Assert.Equal(level, facts.LevelOf(new OneTimeTraining()));
        Assert.Equal(level, facts.With(f => f with { Trainings = [new Training(Ago(9), Ago(8)), new Training(Ago(9), null)] }).LevelOf(new OneTimeTraining()));
        Assert.Equal(0, facts.With(f => f with { Trainings = [new Training(Ago(9), Ago(2))] }).LevelOf(new OneTimeTraining()));
        Assert.Equal(0, facts.With(f => f with { Trainings = [new Training(Ago(3), null)] }).LevelOf(new OneTimeTraining()));
    }

    private static Facts Said(string answers, int weeksAgo) =>
        Fine().With(f => f with { Champions = [.. answers.Split(' ').Select(a => new ChampionAnswer(Ago(weeksAgo), a))] });

    private static List<Bot.Warnings.Member> Members(int assigned, int volunteers) =>
        [.. Enumerable.Repeat(new Bot.Warnings.Member(Role.User, Joined.Assigned), assigned), .. Enumerable.Repeat(new Bot.Warnings.Member(Role.User, Joined.Volunteer), volunteers)];
}
