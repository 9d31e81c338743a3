using Bot.Cards;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Readiness;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.CheckIns;

/// <summary>
/// The pool: enough of each dimension, ids that keep their meaning, scores with the reversed ones reversed. The question whose choices are
/// people: who is offered, what is taken, and that nobody learns who named whom.
/// </summary>
public sealed class ProbeTests : IAsyncLifetime
{
    private Product _product = null!;
    private LoopId _loop;
    private RoundId _round;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _loop = await _product.StartLoopAsync();
        await _product.MoveToAsync("2026-11-25T09:00:00Z");
        _round = (await _product.RoundAsync(_loop, "2026-11-26")).Id;
        await _product.UseAsync(db => db.Invitations.ExecuteUpdateAsync(i => i.SetProperty(x => x.Probe, Probe.WhoHelps)));
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public void Every_dimension_has_at_least_three_questions_and_every_question_its_own_id()
    {
        Assert.All(DimensionAdvice.All, dimension => Assert.InRange(Probe.Pool.Count(p => p.Dimension == dimension), 3, 20));
        Assert.Equal(Probe.Pool.Count, Probe.Pool.Select(p => p.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("training-enough", "yes", 100)]
    [InlineData("champions-ask", "rather yes", 67)]
    [InlineData("fit-same-tools", "rather not", 33)]
    [InlineData("conditions-assigned", "no", 0)]
    [InlineData("fit-extra-steps", "never", 100)]
    [InlineData("fit-extra-steps", "every day", 0)]
    [InlineData("conditions-help", "once", 67)]
    [InlineData("conditions-help", "a few times", 33)]
    [InlineData("ownership-who", "yes", 100)]
    [InlineData("champions-who", "else", 100)]
    [InlineData("champions-who", "0199a000000070008000000000000b01", 100)]
    [InlineData("champions-who", "nobody", 0)]
    public void An_answer_says_how_ready_and_what_should_become_rare_counts_the_other_way_round(string id, string answer, double score)
    {
        Assert.Equal(score, Probe.Find(id)!.ScoreOf(answer));
    }

    [Theory]
    [InlineData("training-enough", "never")]
    [InlineData("training-enough", "0199a000000070008000000000000b01")]
    [InlineData("champions-who", "somebody")]
    public void What_is_no_answer_has_no_score(string id, string answer) => Assert.Null(Probe.Find(id)!.ScoreOf(answer));

    [Fact]
    public async Task Everybody_asked_has_a_question_and_who_joins_late_has_one_too()
    {
        var dev = await _product.PersonAsync("dev");
        await _product.SendAsync("ana", new(SetRole.FormName, $"{_loop}:{dev}"), new() { ["role"] = "Observer", ["joined"] = "Assigned" });
        await _product.SendAsync("ana", new(SetRole.FormName, $"{_loop}:{dev}"), new() { ["role"] = "User", ["joined"] = "Assigned" });

        var probe = await _product.UseAsync(db => db.Invitations.Where(i => i.RoundId == _round && i.PersonId == dev).Select(i => i.Probe).SingleAsync());

        Assert.NotNull(Probe.Find(probe));
    }

    [Fact]
    public async Task The_choices_are_the_other_participants_and_nobody()
    {
        var chloe = await _product.PersonAsync("chloe");
        await _product.UseAsync(db => db.Participants.Where(p => p.PersonId == chloe).ExecuteUpdateAsync(p => p.SetProperty(x => x.Role, Role.Observer)));

        var form = await _product.OpenAsync("ben", OpenCheckIn.Action, _round.ToString());

        Assert.Equal(["Ana", "Dev", "somebody else", "nobody"], Choices(form));
    }

    [Fact]
    public async Task A_name_is_stored_and_comes_back_and_once_that_person_has_left_the_form_still_opens()
    {
        var dev = await _product.PersonAsync("dev");

        Assert.IsNotType<Reply.FieldErrors>(await _product.AnswerAsync("ben", _round, "4", new() { ["probe"] = dev.ToString() }));
        var before = Input(await _product.OpenAsync("ben", OpenCheckIn.Action, _round.ToString()))["value"]!.ToString();
        await _product.UseAsync(db => db.Participants.Where(p => p.PersonId == dev).ExecuteUpdateAsync(p => p.SetProperty(x => x.LeftAt, _product.Clock.Now)));
        var after = Input(await _product.OpenAsync("ben", OpenCheckIn.Action, _round.ToString()))["value"]!.ToString();

        Assert.Equal((dev.ToString(), ""), (before, after));
        Assert.Equal(dev.ToString(), await _product.UseAsync(db => db.Answers.Select(a => a.ProbeAnswer).SingleAsync()));
    }

    [Theory]
    [InlineData("me")]
    [InlineData("root")]
    [InlineData("unknown")]
    public async Task Oneself_somebody_outside_the_loop_and_nobody_known_are_refused(string whom)
    {
        var value = whom == "unknown" ? Guid.NewGuid().ToString("N") : (await _product.PersonAsync(whom == "me" ? "ben" : whom)).ToString();

        var errors = Assert.IsType<Reply.FieldErrors>(await _product.AnswerAsync("ben", _round, "4", new() { ["probe"] = value }));

        Assert.Equal(["probe"], errors.Errors.Keys);
        Assert.Empty(await _product.UseAsync(db => db.Answers.ToListAsync()));
    }

    [Fact]
    public async Task Who_named_whom_stands_on_no_card_and_in_no_export()
    {
        var dev = (await _product.PersonAsync("dev")).ToString();
        foreach (var who in new[] { "ana", "ben", "chloe" })
        {
            await _product.AnswerAsync(who, _round, "4", new() { ["probe"] = dev });
        }

        await _product.MoveToAsync("2026-11-26T09:31:00Z");

        Assert.DoesNotContain(_product.Chat.Posts.SelectMany(p => p.Versions), card => card.Content.ToJsonString().Contains(dev, StringComparison.Ordinal));
        Assert.DoesNotContain(dev, Assert.IsType<Reply.Whisper>(await _product.TypeAsync("dev", "privacy", null)).Card.Content.ToJsonString());
        await _product.UseAsync(async db =>
        {
            var loop = await db.Loops.SingleAsync();
            var write = new Bot.Exports.WriteExport(new Bot.Exports.ReadExport(db), _product.Clock);
            var hand = new LoopInHand(loop, await db.Initiatives.SingleAsync(), await db.Channels.SingleAsync());
            foreach (var file in Bot.Exports.ExportFile.Names)
            {
                Assert.DoesNotContain(dev, System.Text.Encoding.UTF8.GetString(await write.BytesAsync(hand, file, CancellationToken.None)));
            }
        });
    }

    [Fact]
    public async Task A_long_list_offers_twenty_names_with_those_who_make_it_among_them()
    {
        await _product.UseAsync(async db =>
        {
            var workspace = (await db.Workspaces.SingleAsync()).Id;
            for (var i = 0; i < 30; i++)
            {
                var person = new Person { Id = Id.New<PersonId>(_product.Clock), WorkspaceId = workspace, ExternalId = $"p{i}", Name = $"Aa {i:00}" };
                db.AddRange(person, new Participant { LoopId = _loop, PersonId = person.Id, Role = Role.User, Since = _product.Clock.Now });
            }

            await db.Participants.Where(p => p.PersonId == db.People.Single(x => x.ExternalId == "dev").Id).ForEachAsync(p => p.Role = Role.Builder);
            await db.SaveChangesAsync();
        });

        var choices = Choices(await _product.OpenAsync("ben", OpenCheckIn.Action, _round.ToString()));

        Assert.Equal(22, choices.Count);
        Assert.Contains("Dev", choices);
        Assert.Contains("Ana", choices);
    }

    private static System.Text.Json.Nodes.JsonObject Input(Form form) => Bot.Tests.Cards.CardFiles.OfType(form.Card.Content, "Input.ChoiceSet").Single(i => (string?)i["id"] == "probe");

    private static List<string> Choices(Form form) => [.. Input(form)["choices"]!.AsArray().Select(c => (string)c!["title"]!)];
}
