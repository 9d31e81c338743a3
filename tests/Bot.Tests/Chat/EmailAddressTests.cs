using Bot.Chat;

namespace Bot.Tests.Chat;

// An address is equal in any case and with blanks around it; what is none is nobody's; written out it says nothing.
public sealed class EmailAddressTests
{
    private static readonly byte[] Key = [1, 2, 3];

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData(" Ada@EXAMPLE.com\t")]
    public void The_same_address_has_the_same_fingerprint(string typed) =>
        Assert.Equal(EmailAddress.Read("ada@example.com")!.Value.Fingerprint(Key), EmailAddress.Read(typed)!.Value.Fingerprint(Key));

    [Fact]
    public void Another_address_or_another_key_gives_another_fingerprint()
    {
        var ada = EmailAddress.Read("ada@example.com")!.Value;

        Assert.NotEqual(ada.Fingerprint(Key), EmailAddress.Read("ada@example.org")!.Value.Fingerprint(Key));
        Assert.NotEqual(ada.Fingerprint(Key), ada.Fingerprint([3, 2, 1]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@example@com")]
    public void What_is_no_address_is_none(string? typed) => Assert.Null(EmailAddress.Read(typed));

    [Fact]
    public void Written_out_it_says_nothing() =>
        Assert.DoesNotContain("ada", $"{new ChatPerson("u1", Email: EmailAddress.Read("ada@example.com"))}{EmailAddress.Read("ada@example.com")}");
}
