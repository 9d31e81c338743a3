using Bot.Chat;
using Bot.CheckIns;
using Bot.Delivery;
using Bot.Loops;
using Bot.Ties;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Ties;

/// <summary>
/// The same initiative in two workspaces: in Acme's #churn Ana, Ben, Chloe, Dev (root administers), in Globex's #general Gus (who administers), Hana, Ivo and
/// Benny, who is Ben: his address there is the same in other letters.
/// </summary>
internal sealed class TwoPlaces : IAsyncDisposable
{
    public const string General = "channel-general";
    public const string Name = "Churn predictor";
    private static readonly WorkspaceRef Globex = new(RecordingChat.TheName, "globex", "Globex");
    private static readonly Conversation Place = new(General, ConversationKind.Channel, "general");

    private TwoPlaces(Product product) => Product = product;

    public Product Product { get; }

    /// <summary>Acme's.</summary>
    public LoopId Here { get; private set; }

    /// <summary>Globex's.</summary>
    public LoopId There { get; private set; }

    /// <summary>Two loops of the same week that know nothing of each other. Acme's was started first.</summary>
    /// <param name="but">What is otherwise than usual in Globex's loop.</param>
    public static async Task<TwoPlaces> StartAsync(Dictionary<string, string>? but = null)
    {
        var places = new TwoPlaces(await Product.StartAsync());
        var product = places.Product;
        product.Chat.Rosters[Product.Team] = [.. new[] { "ana", "ben", "chloe", "dev" }.Select(id => Product.Who(id) with { Email = EmailAddress.Read($"{id}@acme.example") }), Product.Who("root", null, isAdmin: true)];
        product.Chat.Rosters[General] =
        [
            Product.Who("gus", "Europe/Berlin", isAdmin: true) with { Email = EmailAddress.Read("gus@globex.example") }, Product.Who("hana") with { Email = EmailAddress.Read("hana@globex.example") },
            Product.Who("ivo"), Product.Who("benny") with { Email = EmailAddress.Read(" Ben@ACME.example ") },
        ];
        places.Here = await product.StartLoopAsync();
        product.Clock.Now += TimeSpan.FromMinutes(10);
        await product.HearAsync(new MembersChanged(product.Next(), Globex, Place, product.Chat.Rosters[General], []));
        places.There = await places.StartThereAsync(but);
        return places;
    }

    /// <summary>Two loops tied by root and Gus, with both rosters read.</summary>
    public static async Task<TwoPlaces> StartTiedAsync(Dictionary<string, string>? but = null)
    {
        var places = await StartAsync(but);
        await places.TieAsync();
        return places;
    }

    public async Task TieAsync()
    {
        var code = await CodeAsync();
        Assert.Contains("followed here and in #churn in Acme", CardText.Of(Assert.IsType<Reply.Whisper>(await TypeThereAsync("gus", $"together {code}")).Card));
        await ReadRostersAsync();
        await Product.DeliverAsync();
    }

    /// <summary>Root asks for one, as shown on her card.</summary>
    public async Task<string> CodeAsync()
    {
        var shown = Assert.IsType<Reply.Whisper>(await Product.TypeAsync("root", "together"));
        return CodeOn(shown.Card);
    }

    public static string CodeOn(Card card) => CardText.Of(card).Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith("tie-", StringComparison.Ordinal));

    public Task<Reply> TypeThereAsync(string who, string text, string? channel = General) => Product.HearAsync(new CommandTyped(
        Product.Next(), Globex, new ChatPerson(who), channel is null ? Product.Personal(who) : Place, text));

    public Task<Reply> PressThereAsync(string who, string action, string key) =>
        Product.HearAsync(new CardAction(Product.Next(), Globex, new ChatPerson(who), Place, new ActionRef(action, key), null));

    public Task<Reply> HearThereAsync(Func<WorkspaceRef, Conversation, InboundEvent> inbound) => Product.HearAsync(inbound(Globex, Place));

    public async Task<Reply> AnswerThereAsync(string who, RoundId round, string rating) => await Product.HearAsync(new FormSubmitted(
        Product.Next(), Globex, new ChatPerson(who), Product.Personal(who), new ActionRef(CheckInForm.Name, round.ToString()), new FormValues(new Dictionary<string, string> { ["rating"] = rating }), null));

    public Task ReadRostersAsync() => Product.AskAsync<ReadRosters, bool>(async rosters =>
    {
        await rosters.RunAsync(CancellationToken.None);
        return true;
    });

    /// <summary>Who is asked in a loop's week, by their ids in the chat.</summary>
    public Task<List<string>> AskedAsync(LoopId loop, string reviewDate) => Product.UseAsync(db => (
        from invitation in db.Invitations
        join round in db.Rounds on invitation.RoundId equals round.Id
        join person in db.People on invitation.PersonId equals person.Id
        where round.LoopId == loop && round.ReviewDate == DateOnly.Parse(reviewDate)
        orderby person.ExternalId
        select person.ExternalId).ToListAsync());

    public Task<int> CountAsync<TRow>()
        where TRow : class => Product.UseAsync(db => db.Set<TRow>().CountAsync());

    public async ValueTask DisposeAsync() => await Product.DisposeAsync();

    private async Task<LoopId> StartThereAsync(Dictionary<string, string>? but)
    {
        var form = Assert.IsType<Reply.OpenForm>(await TypeThereAsync("gus", "loop")).Form;
        var ids = await Product.UseAsync(db => db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id.ToString()));
        var values = new Dictionary<string, string>
        {
            ["name"] = Name, ["owner"] = ids["gus"], ["people"] = string.Join(',', new[] { "gus", "hana", "ivo", "benny" }.Select(p => ids[p])),
            ["day"] = "Thursday", ["time"] = "10:00", ["zone"] = "Europe/Berlin", ["minutes"] = "30", ["open"] = "24", ["remind"] = "3",
        };
        foreach (var (field, value) in but ?? [])
        {
            values[field] = value;
        }

        Assert.IsType<Reply.Silence>(await Product.HearAsync(new FormSubmitted(Product.Next(), Globex, new ChatPerson("gus"), Place, form.Ref, new FormValues(values), null)));
        await Product.DeliverAsync();
        return Id.Parse<LoopId>(form.Ref.Key.Split(':')[1])!.Value;
    }
}
