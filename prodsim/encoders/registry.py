"""The encoders there are. Order is preference: what the app falls back to is the first one that is available."""

from prodsim.encoders import hub, keras, mini, pixels
from prodsim.encoders.base import Bundled, EncoderSpec, Preset, Weights
from prodsim.encoders.family import Family
from prodsim.errors import UnknownEncoder

FAMILIES: dict[str, Family] = {"keras": keras, "mini": mini, "hub": hub, "pixels": pixels}


def checked(spec: EncoderSpec) -> EncoderSpec:
    """The spec itself; ValueError if it does not describe an encoder of a family that there is."""
    if spec.family not in FAMILIES:
        raise ValueError(f"{spec.name}: there is no family {spec.family!r}. Choose one of: {', '.join(FAMILIES)}.")
    FAMILIES[spec.family].check(spec)
    return spec


_KERAS = "https://storage.googleapis.com/tensorflow/keras-applications"

_VGG16 = Weights(
    file="vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
    url=f"{_KERAS}/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
    digest="md5:6d6bbae143d832006294945121d1f1fc",
    size=58_889_256,
    license="CC BY 4.0 (Visual Geometry Group, Oxford)",
)

REGISTRY: dict[str, EncoderSpec] = {
    spec.name: checked(spec)
    for spec in (
        EncoderSpec(
            name="vgg16",
            title="VGG16",
            summary="the published method: 100x100 pixels, global max pooling",
            family="keras",
            architecture="VGG16",
            dim=512,
            input_size=(100, 100),
            resample="nearest",
            preprocessing="caffe",
            pooling="max",
            weights=_VGG16,
        ),
        EncoderSpec(
            name="mini",
            title="Mini",
            summary="trained for clothes, comes with the app",
            family="mini",
            dim=192,
            input_size=(60, 80),
            resample="bilinear",
            fitting="pad",
            match_threshold=96.5,
            preprocessing="tf",
            pooling="avg",
            bundled=Bundled(
                file="mini.npz",
                sha256="08b111bcf591e4b800959e206296a27f28574d4031d756ce329edc2c3fa8b4c2",
                size=3_722_577,
                license="our own, trained on MIT and CC0 data",
            ),
        ),
        EncoderSpec(
            name="mobilenet_025",
            title="MobileNet 0.25",
            summary="a small, fast ImageNet network",
            family="keras",
            architecture="MobileNet",
            arguments=(("alpha", 0.25),),
            dim=256,
            input_size=(224, 224),
            resample="bilinear",
            preprocessing="tf",
            pooling="avg",
            weights=Weights(
                file="mobilenet_2_5_224_tf_no_top.h5",
                url=f"{_KERAS}/mobilenet/mobilenet_2_5_224_tf_no_top.h5",
                digest="sha256:dbdb03ee2a22fd895301636cd328b234bb3a9952358f436d82f46b81e0d5b0bf",
                size=2_108_140,
                license="Apache 2.0",
            ),
        ),
        EncoderSpec(
            name="vgg16_224",
            title="VGG16 at 224",
            summary="the published network at the size it was trained for, average pooling",
            family="keras",
            architecture="VGG16",
            dim=512,
            input_size=(224, 224),
            resample="bilinear",
            preprocessing="caffe",
            pooling="avg",
            weights=_VGG16,
        ),
        EncoderSpec(
            name="resnet50",
            title="ResNet 50",
            summary="an ImageNet network with shortcuts, the usual yardstick",
            family="keras",
            architecture="ResNet50",
            dim=2048,
            input_size=(224, 224),
            resample="bilinear",
            preprocessing="caffe",
            pooling="avg",
            weights=Weights(
                file="resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
                url=f"{_KERAS}/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
                digest="md5:4d473c1dd8becc155b73f8504c6f6626",
                size=94_765_736,
                license="MIT (Kaiming He)",
            ),
        ),
        EncoderSpec(
            name="mobilenet_v2",
            title="MobileNet V2",
            summary="an ImageNet network for phones",
            family="keras",
            architecture="MobileNetV2",
            dim=1280,
            input_size=(224, 224),
            resample="bilinear",
            preprocessing="tf",
            pooling="avg",
            weights=Weights(
                file="mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5",
                url=f"{_KERAS}/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5",
                digest="size",
                size=9_406_464,
                license="Apache 2.0",
            ),
        ),
        EncoderSpec(
            name="efficientnet_v2_b0",
            title="EfficientNet V2 B0",
            summary="an ImageNet network that is good for its size",
            family="keras",
            architecture="EfficientNetV2B0",
            dim=1280,
            input_size=(224, 224),
            resample="bilinear",
            preprocessing="none",
            pooling="avg",
            weights=Weights(
                file="efficientnetv2-b0_notop.h5",
                url=f"{_KERAS}/efficientnet_v2/efficientnetv2-b0_notop.h5",
                digest="md5:893217f2bb855e2983157299931e43ff",
                size=24_274_472,
                license="Apache 2.0",
            ),
        ),
        EncoderSpec(
            name="convnext_tiny",
            title="ConvNeXt Tiny",
            summary="a modern ImageNet network, large and slow",
            family="keras",
            architecture="ConvNeXtTiny",
            dim=768,
            input_size=(224, 224),
            resample="bilinear",
            preprocessing="none",
            pooling="avg",
            weights=Weights(
                file="convnext_tiny_notop.h5",
                url=f"{_KERAS}/convnext/convnext_tiny_notop.h5",
                digest="sha256:d547c096cabd03329d7be5562c5e14798aa39ed24b474157cef5e85ab9e49ef1",
                size=111_650_432,
                license="Apache 2.0",
            ),
        ),
        EncoderSpec(
            name="dinov2_small",
            title="DINOv2 small",
            summary="a Transformer that learned from pictures alone, without labels",
            family="hub",
            architecture="DINOV2Backbone",
            arguments=(
                ("patch_size", 14),
                ("num_layers", 12),
                ("hidden_dim", 384),
                ("num_heads", 6),
                ("intermediate_dim", 1536),
                ("position_embedding_size", 518),
            ),
            dim=384,
            input_size=(224, 224),
            resample="bicubic",
            preprocessing="torch",
            pooling="token",
            preset=Preset(handle="keras/dinov2/keras/dinov2_small/1", size=4 * 22_582_656, license="Apache 2.0"),
        ),
        EncoderSpec(
            name="siglip2_base",
            title="SigLIP 2 base",
            summary="a Transformer that learned from pictures with their captions, and reads text; large and slow",
            family="hub",
            architecture="SigLIPBackbone",
            arguments=(
                ("patch_size", 16),
                ("num_layers", 12),
                ("hidden_dim", 768),
                ("num_heads", 12),
                ("intermediate_dim", 3072),
                ("vocabulary_size", 256_000),
                ("max_sequence_length", 64),
            ),
            dim=768,
            input_size=(224, 224),
            resample="bicubic",
            preprocessing="tf",
            pooling="attention",
            preset=Preset(
                handle="keras/siglip/keras/siglip2_base_patch16_224/1", size=4 * 375_188_230, license="Apache 2.0"
            ),
            reads_text=True,
        ),
        EncoderSpec(
            name="pixels",
            title="Pixels",
            summary="colors place by place, no network: the baseline",
            family="pixels",
            dim=900,
            input_size=(15, 20),
            resample="box",
            preprocessing="cielab",
            pooling="none",
        ),
    )
}


def encoder_spec(name: str) -> EncoderSpec:
    """The encoder of this name. UnknownEncoder lists those there are."""
    if name not in REGISTRY:
        raise UnknownEncoder(f"There is no encoder {name!r}. Choose one of: {', '.join(REGISTRY)}.")
    return REGISTRY[name]
