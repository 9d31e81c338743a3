using Bot.Chat;
using Bot.Fuzzing;
using Bot.Tests.Rights;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Fuzzed;

// Laws of what comes through the seam, for every word, button and form there is: whatever text stands in a field, and whatever a key is, the product answers.
public sealed class FormFuzzTests(InALivedWorkspace lived) : IClassFixture<InALivedWorkspace>
{
    private static readonly Conversation Room = new(Product.Team, ConversationKind.Channel, "churn");
    private readonly Product _product = lived.Product;
    private readonly LivedWorkspace _lived = lived.Lived;

    [Fact]
    public async Task Every_form_answers_whatever_stands_in_its_fields()
    {
        var forms = from form in Gen.Elements(_lived.Forms.ToArray())
                    from changed in Gen.SubListOf(form.Value.Keys.ToArray())
                    from texts in Gen.ArrayOf(Fuzz.Text, changed.Count)
                    let values = new Dictionary<string, string>(form.Value).Concat(changed.Zip(texts, KeyValuePair.Create)).GroupBy(v => v.Key).ToDictionary(v => v.Key, v => v.Last().Value)
                    select (form.Key, values);

        Prop.ForAll(forms.ToArbitrary(), sent => Answers(new FormSubmitted(_product.Next(), _product.Workspace, new ChatPerson("root"), Room, sent.Key, new FormValues(sent.values), null)))
            .Check(Fuzz.Config(250));
        await _product.RunAsync();
    }

    [Fact]
    public async Task Every_button_form_and_word_answers_whatever_its_key_is()
    {
        var names = Gen.Elements(_product.Get<IEnumerable<ActionName>>().Select(action => action.Name).ToArray());
        var parts = Gen.Frequency((2, Fuzz.Text), (3, Gen.Elements(_lived.Buttons.Select(b => b.Key).Concat(_lived.Forms.Select(f => f.Key.Key)).SelectMany(key => key.Split(':')).ToArray())));
        var keys = Gen.Frequency((1, parts), (3, from list in Gen.NonEmptyListOf(parts) select string.Join(':', list.Take(5))));
        var words = Gen.Elements(_product.Get<Catalogue>().Words.Select(word => word.Word).ToArray());

        Prop.ForAll(names.ToArbitrary(), keys.ToArbitrary(), words.ToArbitrary(), (name, key, word) =>
            Answers(new CardAction(_product.Next(), _product.Workspace, new ChatPerson("root"), Room, new ActionRef(name, key), null))
            && Answers(new FormSubmitted(_product.Next(), _product.Workspace, new ChatPerson("root"), Room, new ActionRef(name, key), new FormValues(new Dictionary<string, string> { ["text"] = key }), null))
            && Answers(new CommandTyped(_product.Next(), _product.Workspace, new ChatPerson("root"), Room, $"{word} {key}"))).Check(Fuzz.Config(150));
        await _product.RunAsync();
    }

    /// <summary>Found by the law above: PostgreSQL keeps no NUL, and a draft is kept under its form's key.</summary>
    [Fact]
    public async Task A_key_that_no_store_can_keep_is_answered() => Assert.IsType<Reply.Whisper>(await _product.HearAsync(new FormSubmitted(
        _product.Next(), _product.Workspace, new ChatPerson("root"), Room, new ActionRef("evidence-key", "Europe/Nowhere:\0"), new FormValues(new Dictionary<string, string> { ["label"] = "a monitor" }), null)));

    /// <summary>An answer of any kind; an exception is none.</summary>
    private bool Answers(InboundEvent inbound) => _product.HearAsync(inbound).GetAwaiter().GetResult() is not null;
}
