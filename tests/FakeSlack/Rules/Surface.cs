namespace FakeSlack.Rules;

/// <summary>Where blocks are shown. What is allowed differs ("Block Kit", blocks and block elements).</summary>
[Flags]
internal enum Surface
{
    Message = 1,
    Modal = 2,
    Home = 4,
    Everywhere = Message | Modal | Home,
}
