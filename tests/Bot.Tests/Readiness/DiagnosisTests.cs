using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Bot.Readiness;
using Bot.Tests.Initiatives;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Readiness;

/// <summary>
/// The diagnostic: twelve statements, own scores at once, the team's from three people, moving by three; ninety days; sent again today;
/// months before; the next step into the plan once; who may; other workspaces.
/// </summary>
public sealed class DiagnosisTests : IAsyncLifetime
{
    private Product _product = null!;
    private InitiativeId _initiative;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        await _product.StartLoopAsync();
        _initiative = await _product.UseAsync(db => db.Initiatives.Select(i => i.Id).SingleAsync());
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    private string Key => _initiative.ToString();

    [Fact]
    public void Twelve_statements_at_least_two_for_each_dimension()
    {
        Assert.Equal(12, Diagnostic.Statements.Count);
        Assert.All(DimensionAdvice.All, dimension => Assert.InRange(Diagnostic.Statements.Count(s => s.Dimension == dimension), 2, 12));
    }

    [Theory]
    [InlineData("111111111111", 0, 0, 0, 0, 0)]
    [InlineData("555555555555", 100, 100, 100, 100, 100)]
    [InlineData("135241333355", 50, 50, 25, 50, 100)]
    public void Agreement_becomes_a_score_of_each_dimension(string digits, double ownership, double training, double champions, double fit, double conditions)
    {
        Assert.Equal([ownership, training, champions, fit, conditions], Diagnostic.ScoresOf(digits));
    }

    [Fact]
    public async Task My_own_scores_are_shown_to_me_at_once_and_the_teams_only_from_three_people()
    {
        var first = await AnswerAsync("ana", '5');
        await AnswerAsync("ben", '1');
        var second = await ShowAsync("ben");
        await AnswerAsync("chloe", '3');
        var third = await ShowAsync("ana");

        Assert.Contains("you 100", first);
        Assert.DoesNotContain("team ", first.Replace("the team", "", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("you 0", second);
        Assert.DoesNotContain("you 100", second);
        Assert.Contains("2 people answered", second.Replace("persons", "people", StringComparison.Ordinal));
        Assert.Contains("team 50, you 100", third);
        Assert.Contains("of 3 people", third);
    }

    [Fact]
    public async Task Once_shown_the_teams_scores_stay_until_three_people_have_changed()
    {
        await AnswerAsync("ana", '5');
        await AnswerAsync("ben", '5');
        await AnswerAsync("chloe", '5');

        var fourth = await AnswerAsync("dev", '1');
        _product.Clock.Now += TimeSpan.FromDays(1);
        await AnswerAsync("ana", '1');
        var sixth = await AnswerAsync("ben", '1');

        Assert.Contains("team 100, you 0", fourth);
        Assert.Contains("of 3 people", fourth);
        Assert.Contains("team 25, you 0", sixth);
        Assert.Contains("of 4 people", sixth);
    }

    [Fact]
    public async Task What_is_sent_again_on_the_same_day_replaces_and_on_another_is_kept_beside_it()
    {
        await AnswerAsync("ana", '5');
        _product.Clock.Now += TimeSpan.FromHours(2);
        await AnswerAsync("ana", '1');
        Assert.Equal("111111111111", (await _product.UseAsync(db => db.Diagnoses.SingleAsync())).Scores);

        _product.Clock.Now += TimeSpan.FromDays(1);
        await AnswerAsync("ana", '3');

        Assert.Equal(2, await _product.UseAsync(db => db.Diagnoses.CountAsync()));
    }

    [Fact]
    public async Task Answers_older_than_ninety_days_count_no_more_and_earlier_months_stay_to_be_seen()
    {
        foreach (var who in new[] { "ana", "ben", "chloe" })
        {
            await AnswerAsync(who, '2');
        }

        await _product.MoveToAsync("2026-12-10T12:00:00Z");
        foreach (var who in new[] { "ana", "ben", "chloe" })
        {
            await AnswerAsync(who, '4');
        }

        var december = await ShowAsync("ana");
        _product.Clock.Now = DateTimeOffset.Parse("2027-03-20T12:00:00Z");
        var march = await ShowAsync("ana");

        Assert.Contains("team 75", december);
        Assert.Contains("Nov 2026 (n = 3): outcome and ownership 25", december);
        Assert.DoesNotContain("team 75", march);
        Assert.Contains("Dec 2026 (n = 3): outcome and ownership 75", march);
    }

    [Fact]
    public async Task The_command_opens_the_statements_and_once_answered_today_shows_what_came_of_them()
    {
        Assert.IsType<Reply.OpenForm>(await _product.TypeAsync("ben", "diagnose"));
        Assert.IsType<Reply.Whisper>(await _product.TypeAsync("ben", "diagnose scores"));
        await AnswerAsync("ben", '4');

        Assert.Contains("you 75", Shown(await _product.TypeAsync("ben", "diagnose Churn predictor")));
        var again = await _product.OpenAsync("ben", OpenDiagnosis.Action, Key);
        Assert.All(Bot.Tests.Cards.CardFiles.OfType(again.Card.Content, "Input.ChoiceSet"), input => Assert.Equal("4", (string?)input["value"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("6")]
    [InlineData("55")]
    public async Task A_statement_left_out_or_answered_otherwise_is_told_at_its_field_and_nothing_is_stored(string? typed)
    {
        var values = Values('3');
        values["s7"] = typed ?? "";

        var errors = Assert.IsType<Reply.FieldErrors>(await _product.SendAsync("ben", new(TakeDiagnosis.FormName, Key), values));

        Assert.Equal(["s7"], errors.Errors.Keys);
        Assert.Empty(await _product.UseAsync(db => db.Diagnoses.ToListAsync()));
    }

    [Fact]
    public async Task The_next_step_of_the_lowest_dimension_goes_into_the_plan_once()
    {
        var values = Values('5');
        values["s6"] = values["s7"] = "1";
        var shown = Shown(await _product.SendAsync("ben", new(TakeDiagnosis.FormName, Key), values));
        Assert.Contains("Champions: lowest in the diagnostic", shown);

        await _product.PressAsync("ben", AdoptNextStep.Action, $"{Key}:Champions");
        var again = Shown(await _product.PressAsync("ana", AdoptNextStep.Action, $"{Key}:Champions"));

        var item = Assert.Single(await _product.UseAsync(db => db.PlanItems.ToListAsync()));
        Assert.Equal((PlanKind.Trust, DimensionAdvice.Of(ReadinessDimension.Champions).NextStep), (item.Kind, item.Text));
        Assert.Contains("in the plan already", again);
        Assert.Contains("It is in the plan.", await ShowAsync("ben"));
    }

    [Fact]
    public async Task Once_done_the_step_can_be_taken_again()
    {
        await _product.PressAsync("ana", AdoptNextStep.Action, $"{Key}:Training");
        var item = await _product.UseAsync(db => db.PlanItems.SingleAsync());
        await _product.PressAsync("ana", CompletePlanItem.Action, item.Id.ToString());

        await _product.PressAsync("ana", AdoptNextStep.Action, $"{Key}:Training");

        Assert.Equal(2, await _product.UseAsync(db => db.PlanItems.CountAsync()));
    }

    [Fact]
    public async Task The_weekly_probes_stand_beside_the_diagnostic_and_are_not_mixed_with_it()
    {
        var loop = await _product.UseAsync(db => db.Loops.SingleAsync());
        await MeasureReadinessTests.AnswerAsync(_product, loop, "2026-11-19", ("ana", "training-enough", "no"), ("ben", "training-self", "no"), ("chloe", "training-recent", "no"));

        var shown = await AnswerAsync("ana", '5');

        Assert.Contains("Diagnostic: you 100", shown);
        Assert.Contains("Week by week: 0 (n = 3)", shown);
        Assert.Contains("Training that scales: lowest week by week", shown);
        Assert.Contains("not measured", shown);
    }

    [Theory]
    [InlineData("diagnose.open")]
    [InlineData("diagnose.show")]
    [InlineData("readiness.adopt")]
    public async Task Somebody_who_does_not_take_part_is_told_how_to_and_other_workspaces_know_nothing(string action)
    {
        var key = action == AdoptNextStep.Action ? $"{Key}:Training" : Key;

        var outsider = Shown(await _product.PressAsync("eve", action, key));
        var stranger = await Strange(action, key);
        var unknown = await Strange(action, key.Replace(Key, Guid.NewGuid().ToString("N"), StringComparison.Ordinal));

        Assert.Contains("#churn", outsider);
        Assert.Equal(unknown, stranger);
        Assert.Contains("not known here", stranger);
        Assert.Empty(await _product.UseAsync(db => db.PlanItems.ToListAsync()));
    }

    [Fact]
    public async Task Somebody_who_does_not_take_part_cannot_send_the_form()
    {
        await _product.SendAsync("eve", new(TakeDiagnosis.FormName, Key), Values('5'));
        Assert.Contains("#churn", Shown(await _product.TypeAsync("eve", "diagnose", null)));

        Assert.Empty(await _product.UseAsync(db => db.Diagnoses.ToListAsync()));
    }

    [Fact]
    public async Task Without_a_loop_anybody_of_the_workspace_may_answer()
    {
        var id = await _product.RegisterAsync("Lead scoring");

        await _product.SendAsync("eve", new(TakeDiagnosis.FormName, id.ToString()), Values('2'));

        Assert.Equal(id, (await _product.UseAsync(db => db.Diagnoses.SingleAsync())).InitiativeId);
    }

    [Fact]
    public async Task A_step_of_another_release_adds_nothing()
    {
        Assert.Contains("earlier release", Shown(await _product.PressAsync("ana", AdoptNextStep.Action, $"{Key}:Luck")));
        Assert.Empty(await _product.UseAsync(db => db.PlanItems.ToListAsync()));
    }

    private async Task<string> AnswerAsync(string who, char digit) => Shown(await _product.SendAsync(who, new(TakeDiagnosis.FormName, Key), Values(digit)));

    private async Task<string> ShowAsync(string who) => Shown(await _product.PressAsync(who, ShowDiagnosis.Action, Key));

    private async Task<string> Strange(string action, string key) => Shown(await _product.HearAsync(new CardAction(
        _product.Next(), new WorkspaceRef(RecordingChat.TheName, "globex", "Globex"), new ChatPerson("mallory"), new Conversation("dm-mallory", ConversationKind.Personal),
        new ActionRef(action, key), null)));

    private static Dictionary<string, string> Values(char digit) => Enumerable.Range(0, 12).ToDictionary(DiagnoseFormCard.Field, _ => digit.ToString());

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);
}
